import { JSON_LIMITS, TOO_DEEP, TOO_MANY } from './json-limits';

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
  let left: number = JSON_LIMITS.values;
  const look = (part: unknown, path: readonly string[]): Unsafe | null => {
    if (typeof part === 'string') {
      return part.includes('\0') ? { path, reason: 'may not hold the NUL character' } : null;
    }
    if (typeof part !== 'object' || part === null) return null;
    if (path.length >= JSON_LIMITS.levels) return { path, reason: TOO_DEEP };
    left -= sizeOf(part);
    if (left < 0) return { path, reason: TOO_MANY };
    for (const [key, inner] of Object.entries(part)) {
      if (key.includes('\0')) return { path, reason: 'may not hold the NUL character in a name' };
      const fault = look(inner, [...path, key]);
      if (fault) return fault;
    }
    return null;
  };
  return look(value, []);
}
