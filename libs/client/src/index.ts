export * from './api-problem';
export * from './client';
export * from './client.options';
export type { Input } from './input';
export { isPassing } from './patience';
export type { Heard, StreamOptions } from './stream';
