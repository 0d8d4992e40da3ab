/** Stands in a stored message for what it may show only when it leaves. */
export const SEALED = '{{sealed}}';
