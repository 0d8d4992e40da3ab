export const TASK = Symbol('task');
