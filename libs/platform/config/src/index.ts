export * from './address-variable';
export * from './base.config';
export * from './config-error';
export * from './fetch.config';
export * from './load.config';
