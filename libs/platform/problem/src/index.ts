export * from './business-rule-exception';
export * from './database-problem';
export * from './field-problems';
export * from './problem.filter';
export * from './retry-after';
export * from './sql-state';
export * from './to-problem';
export * from './zod-fields';
