export * from './check-results';
export * from './code-owners';
export * from './copy-workspace';
export * from './failed-tasks';
export * from './projects';
export * from './tracked-files';
export * from './service-flags';
