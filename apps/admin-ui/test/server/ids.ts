/** A stable version 7 UUID for each number. */
export const id = (number: number): string => `019389a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
