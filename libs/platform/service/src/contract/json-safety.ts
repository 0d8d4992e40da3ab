const DEEPEST = 32;

/**
 * What makes a value unfit to be stored, whatever its schema says: a NUL character, which PostgreSQL text cannot
 * hold, or nesting deeper than 32 levels.
 * @returns path and reason of the first fault
 */
export function unsafePart(
  value: unknown,
  path: readonly string[] = [],
): { path: readonly string[]; reason: string } | null {
  if (typeof value === 'string') {
    return value.includes('\0') ? { path, reason: 'may not hold the NUL character' } : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (path.length >= DEEPEST) return { path, reason: `may not be nested deeper than ${DEEPEST} levels` };
  for (const [key, part] of Object.entries(value)) {
    if (key.includes('\0')) return { path, reason: 'may not hold the NUL character in a name' };
    const fault = unsafePart(part, [...path, key]);
    if (fault) return fault;
  }
  return null;
}
