import type { Environment } from '../environment.source';
import { SecretError, type SecretSource } from '../secret-source';
import { VaultClient, type VaultOptions } from './vault.client';
import { vaultSettings } from './vault.settings';

interface Session {
  client: VaultClient;
  token: string;
  /** Whether the token is this session's own. */
  own: boolean;
}

/**
 * `vault:secret/data/orion/auth#database_url`: one field of a secret in a KV engine of version 2. Everything is read
 * under one login, each secret once; a token from a login ends with `close`, so that a running service holds none.
 */
export class VaultSource implements SecretSource {
  readonly scheme = 'vault';
  private session: Promise<Session> | undefined;
  private readonly secrets = new Map<string, Promise<Record<string, unknown>>>();

  constructor(
    private readonly env: Environment,
    private readonly options: VaultOptions = {},
  ) {}

  async read(reference: string): Promise<string> {
    const { path, field } = parseReference(reference);
    const secret = this.secrets.get(path) ?? this.fetch(path);
    this.secrets.set(path, secret);
    const value = (await secret)[field];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new SecretError(
      value === undefined
        ? `refers to ${path} in Vault, which has no field ${field}`
        : `refers to the field ${field} of ${path} in Vault, which holds no text`,
    );
  }

  async close(): Promise<void> {
    const session = await this.session?.catch(() => undefined);
    if (session?.own) await session.client.logOut(session.token);
    this.session = undefined;
    this.secrets.clear();
  }

  private async fetch(path: string): Promise<Record<string, unknown>> {
    this.session ??= this.open();
    const { client, token } = await this.session;
    return client.read(path, token);
  }

  private async open(): Promise<Session> {
    const settings = await vaultSettings(this.env);
    const client = new VaultClient(settings, this.options);
    return { client, token: await client.logIn(), own: !('token' in settings.login) };
  }
}

function parseReference(reference: string): { path: string; field: string } {
  const [, path = '', field = ''] = /^([^#?]+)#([^#]+)$/.exec(reference) ?? [];
  const steps = path.split('/');
  if (!field || steps.some((it) => it === '' || it === '.' || it === '..')) {
    throw new SecretError('is not of the form vault:MOUNT/data/PATH#FIELD');
  }
  return { path, field };
}
