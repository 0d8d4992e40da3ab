type Bag = Record<string, unknown>;

const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});

const SQL_STATE = /^[0-9A-Z]{5}$/;
const PRISMA_CODE = /^P\d{4}$/;

/** Prisma's own code (`P2002` …) of an error it threw. */
export function prismaCodeOf(error: unknown): string | undefined {
  const { code } = bag(error);
  return typeof code === 'string' && PRISMA_CODE.test(code) ? code : undefined;
}

/**
 * The SQLSTATE behind an error: as Prisma wraps it (`meta.driverAdapterError.cause.originalCode`), as the driver
 * adapter throws it (`cause.originalCode`), or as pg itself does (`code`).
 */
export function sqlStateOf(error: unknown): string | undefined {
  const outer = bag(error);
  const cause = bag(bag(bag(outer['meta'])['driverAdapterError'])['cause']);
  const candidates = [
    cause['originalCode'],
    bag(outer['cause'])['originalCode'],
    outer['severity'] ? outer['code'] : undefined,
  ];
  return candidates.find((it): it is string => typeof it === 'string' && SQL_STATE.test(it));
}

const causeOf = (error: unknown): Bag => bag(bag(bag(bag(error)['meta'])['driverAdapterError'])['cause']);

/** The constraint or index a database error names, where the driver tells it. */
export function constraintOf(error: unknown): string | undefined {
  const outer = bag(error);
  const constraint = bag(causeOf(error)['constraint']);
  const named = [constraint['index'], outer['constraint'], bag(outer['meta'])['constraint']];
  return named.find((it): it is string => typeof it === 'string' && it !== '');
}
