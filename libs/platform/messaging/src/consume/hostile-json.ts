const DEEPEST = 32;
const MOST_VALUES = 20_000;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Names that would reach the prototype of whatever such an object is copied into. */
function attacksPrototype(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  const maker: unknown = Object.hasOwn(value, 'constructor') ? Reflect.get(value, 'constructor') : undefined;
  return isObject(maker) && Object.hasOwn(maker, 'prototype');
}

/**
 * What makes a parsed JSON value unfit for a closer look, which would cost time and memory out of proportion to its
 * bytes: nesting deeper than 32 levels, more than 20,000 values, or names that attack a prototype.
 * @returns the reason, undefined for a good value
 */
export function hostility(value: unknown): string | undefined {
  let level = [value].filter(isObject);
  let values = 0;
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) return `nested deeper than ${DEEPEST} levels`;
    const next: object[] = [];
    for (const it of level) {
      if (attacksPrototype(it)) return 'attacks a prototype';
      const parts: unknown[] = Array.isArray(it) ? it : Object.values(it);
      values += parts.length;
      if (values > MOST_VALUES) return `more than ${MOST_VALUES} values`;
      for (const part of parts) if (isObject(part)) next.push(part);
    }
    level = next;
  }
  return undefined;
}
