/** More than anybody needs; what goes beyond costs time and memory out of proportion to its bytes. */
export const JSON_LIMITS = { levels: 32, values: 20_000 } as const;

export const TOO_DEEP = `may not be nested deeper than ${JSON_LIMITS.levels} levels`;
export const TOO_MANY = `may not hold more than ${JSON_LIMITS.values} values`;
