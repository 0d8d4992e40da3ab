export * from './auth-stand-in';
export * from './eventually';
export * from './fresh-database';
export * from './infrastructure';
export * from './namespace';
export * from './refused';
export * from './test-service';
export * from './test-tokens';
