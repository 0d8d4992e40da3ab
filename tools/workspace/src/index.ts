export * from './code-owners';
export * from './projects';
export * from './tracked-files';
