/** SO-000123; grows longer after a million. */
export const orderNumber = (value: number): string => `SO-${String(value).padStart(6, '0')}`;
