import { Global, Module, type ValueProvider } from '@nestjs/common';
import { CacheModule } from '@orion/cache';
import { baseConfig, loadConfig } from '@orion/config';
import type { Permission } from '@orion/contracts';
import {
  type KeySource,
  permissionDigest,
  type PermissionSource,
  type RevocationSource,
  type PublicJwk,
  SecurityModule,
  signAccessToken,
} from '@orion/security';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { createService, type Front, startService } from '../../src';
import { NotesController } from './notes.controller';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signingKey = {
  kid: 'test',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const jwk = publicKey.export({ format: 'jwk' });
const KEY: PublicJwk = { kty: 'RSA', kid: 'test', alg: 'RS256', use: 'sig', n: jwk.n ?? '', e: jwk.e ?? '' };

class Keys implements KeySource {
  find(kid: string): Promise<PublicJwk | null> {
    return Promise.resolve(kid === KEY.kid ? KEY : null);
  }
}

const minted = new Map<string, string[]>();

class NoRevocations implements RevocationSource {
  since = () => Promise.resolve([]);
}

class Permissions implements PermissionSource {
  find(digest: string): Promise<string[] | null> {
    return Promise.resolve(minted.get(digest) ?? null);
  }
}

export const PERSON = { userId: randomUUID(), organizationId: randomUUID() };

/** A token of one person with these permissions. */
export function tokenWith(...permissions: Permission[]): string {
  const prm = permissionDigest(permissions);
  minted.set(prm, permissions);
  return signAccessToken(
    { sub: PERSON.userId, org: PERSON.organizationId, sid: randomUUID(), prm },
    signingKey,
  );
}

const security = SecurityModule.forService({
  authUrl: 'http://127.0.0.1:9',
  keys: Keys,
  permissions: Permissions,
  revocations: NoRevocations,
});

interface StartOptions {
  env?: Record<string, string>;
  /** Parts of the platform the notes do without otherwise. */
  providers?: ValueProvider[];
  strictReplies?: boolean;
  front?: Front;
}

/** The notes service on a free port, with what it logs. */
export async function startNotes({ env = {}, providers = [], front, ...more }: StartOptions = {}) {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(
        ...chunk
          .toString()
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>),
      );
      done();
    },
  });
  const config = loadConfig(baseConfig, {
    PORT: '0',
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
    WORKER_DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
    RABBITMQ_URL: 'amqp://127.0.0.1:9',
    REDIS_URL: process.env['ORION_REDIS_URL'],
    AUTH_URL: 'http://127.0.0.1:9',
    MESSAGING_NAMESPACE: `test-${randomUUID().slice(0, 8)}`,
    ...env,
  });

  @Global()
  @Module({ providers, exports: providers })
  class PartsModule {}

  @Module({
    imports: [CacheModule.forService(config), security, PartsModule],
    controllers: [NotesController],
  })
  class NotesModule {}

  const options = {
    name: 'notes',
    module: () => NotesModule,
    config: baseConfig,
    ...(front ? { front: () => front } : {}),
  };
  const app = await createService(options, config, { log: { level: 'info', destination }, ...more });
  const url = await startService(app, { host: '127.0.0.1', port: 0 });
  return { app, url, lines, close: () => app.close() };
}
