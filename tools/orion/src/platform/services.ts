import { SERVICES, type ServiceName } from '@orion/contracts';

export { SERVICES, type ServiceName };

/** What stands beside the services has its ports after this many of them; services that joined later come after it. */
const BEFORE_OTHERS = 5;
/** The mail sink's two, and the identity provider's, which also serves names there. */
const OTHERS = 3;

export interface PlatformPorts {
  services: Record<ServiceName, number>;
  mailSmtp: number;
  mailWeb: number;
  provider: number;
}

/** All ports of a platform whose address uses `first`: that one and those after it, without gaps. */
export function platformPorts(first: number): PlatformPorts {
  const portOf = (index: number): number => first + index + (index < BEFORE_OTHERS ? 0 : OTHERS);
  const services = Object.fromEntries(SERVICES.map((name, index) => [name, portOf(index)])) as Record<
    ServiceName,
    number
  >;
  const others = first + BEFORE_OTHERS;
  return { services, mailSmtp: others, mailWeb: others + 1, provider: others + 2 };
}

/** Where each service answers on this machine. */
export const serviceUrls = ({ services }: PlatformPorts): Record<ServiceName, string> =>
  Object.fromEntries(SERVICES.map((name) => [name, `http://127.0.0.1:${services[name]}`])) as Record<
    ServiceName,
    string
  >;

export const PORTS_NEEDED = SERVICES.length + OTHERS;

export const everyPort = ({ services, mailSmtp, mailWeb, provider }: PlatformPorts): number[] => [
  ...Object.values(services),
  mailSmtp,
  mailWeb,
  provider,
];

/** The first port from ORION_PORT; undefined when that is no port with room for the others above it. */
export function firstPort(value: string | undefined, fallback = 3000): number | undefined {
  if (!value) return fallback;
  const port = Number(value);
  return Number.isInteger(port) && port > 0 && port + PORTS_NEEDED <= 65_535 ? port : undefined;
}
