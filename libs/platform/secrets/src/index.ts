export * from './file.source';
export * from './environment.source';
export * from './resolve-secrets';
export * from './secret-source';
export * from './sensitive';
export * from './standard-sources';
export * from './vault/vault.source';
