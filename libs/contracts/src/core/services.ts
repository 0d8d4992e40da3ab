/** Every service of the platform; a new one joins at the end, because ports are counted in this order. */
export const SERVICES = ['gateway', 'auth', 'user', 'scheduling', 'notification'] as const;

export type ServiceName = (typeof SERVICES)[number];
