/** The services in the order of their ports, counted from the platform's first port. */
export const SERVICES = ['gateway', 'auth', 'user', 'scheduling', 'notification'] as const;
export type ServiceName = (typeof SERVICES)[number];

const AFTER_SERVICES = SERVICES.length;

export interface PlatformPorts {
  services: Record<ServiceName, number>;
  mailSmtp: number;
  mailWeb: number;
}

/** All ports of a platform whose address uses `first`: seven in a row. */
export function platformPorts(first: number): PlatformPorts {
  const services = Object.fromEntries(SERVICES.map((name, index) => [name, first + index])) as Record<
    ServiceName,
    number
  >;
  return { services, mailSmtp: first + AFTER_SERVICES, mailWeb: first + AFTER_SERVICES + 1 };
}

export const PORTS_NEEDED = SERVICES.length + 2;

export const everyPort = ({ services, mailSmtp, mailWeb }: PlatformPorts): number[] => [
  ...Object.values(services),
  mailSmtp,
  mailWeb,
];

/** The first port from ORION_PORT; undefined when that is no port with room for the others above it. */
export function firstPort(value: string | undefined, fallback = 3000): number | undefined {
  if (!value) return fallback;
  const port = Number(value);
  return Number.isInteger(port) && port > 0 && port + PORTS_NEEDED <= 65_535 ? port : undefined;
}
