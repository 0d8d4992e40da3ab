const DEEPEST = 32;
const MOST_VALUES = 20_000;

interface Unsafe {
  path: readonly string[];
  reason: string;
}

const sizeOf = (value: object): number => (Array.isArray(value) ? value.length : Object.keys(value).length);

/**
 * What makes a value unfit for a closer look, whatever its schema says: a NUL character, which PostgreSQL text cannot
 * hold, nesting deeper than 32 levels, or more than 20,000 values, each of which would cost a schema's complaint.
 * @returns path and reason of the first fault
 */
export function unsafePart(value: unknown): Unsafe | null {
  let left = MOST_VALUES;
  const look = (part: unknown, path: readonly string[]): Unsafe | null => {
    if (typeof part === 'string') {
      return part.includes('\0') ? { path, reason: 'may not hold the NUL character' } : null;
    }
    if (typeof part !== 'object' || part === null) return null;
    if (path.length >= DEEPEST) return { path, reason: `may not be nested deeper than ${DEEPEST} levels` };
    left -= sizeOf(part);
    if (left < 0) return { path, reason: `may not hold more than ${MOST_VALUES} values` };
    for (const [key, inner] of Object.entries(part)) {
      if (key.includes('\0')) return { path, reason: 'may not hold the NUL character in a name' };
      const fault = look(inner, [...path, key]);
      if (fault) return fault;
    }
    return null;
  };
  return look(value, []);
}
