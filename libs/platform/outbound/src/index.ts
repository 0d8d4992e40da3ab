export * from './address.resolver';
export * from './allowed-address';
export * from './guarded.fetch';
export * from './guarded.lookup';
export * from './target';
