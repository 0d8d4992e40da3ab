export * from './event-facts';
export * from './in-parallel';
export * from './persistent-client';
export * from './platform';
export * from './query';
