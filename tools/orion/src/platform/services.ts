import { SERVICES, type ServiceName } from '@orion/contracts';

export { SERVICES, type ServiceName };

/** The mail sink's two ports come after this many services; services that joined later come after them. */
const BEFORE_MAIL = 5;
const MAIL_PORTS = 2;

export interface PlatformPorts {
  services: Record<ServiceName, number>;
  mailSmtp: number;
  mailWeb: number;
}

/** All ports of a platform whose address uses `first`: that one and those after it, without gaps. */
export function platformPorts(first: number): PlatformPorts {
  const portOf = (index: number): number => first + index + (index < BEFORE_MAIL ? 0 : MAIL_PORTS);
  const services = Object.fromEntries(SERVICES.map((name, index) => [name, portOf(index)])) as Record<
    ServiceName,
    number
  >;
  return { services, mailSmtp: first + BEFORE_MAIL, mailWeb: first + BEFORE_MAIL + 1 };
}

/** Where each service answers on this machine. */
export const serviceUrls = ({ services }: PlatformPorts): Record<ServiceName, string> =>
  Object.fromEntries(SERVICES.map((name) => [name, `http://127.0.0.1:${services[name]}`])) as Record<
    ServiceName,
    string
  >;

export const PORTS_NEEDED = SERVICES.length + MAIL_PORTS;

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
