export * from './in-parallel';
export * from './persistent-client';
export * from './platform';
