type Underscored<Name extends string> = Name extends `${infer Head}-${infer Rest}`
  ? `${Head}_${Underscored<Rest>}`
  : Name;

/** Name of the environment variable that carries a service's address: `field-report` → `FIELD_REPORT_URL`. */
export type AddressVariable<Service extends string> = `${Uppercase<Underscored<Service>>}_URL`;

export const addressVariable = <Service extends string>(service: Service): AddressVariable<Service> =>
  `${service.replaceAll('-', '_').toUpperCase()}_URL` as AddressVariable<Service>;
