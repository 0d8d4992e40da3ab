import type { Environment } from '../environment.source';
import { EnvironmentSource } from '../environment.source';
import { FileSource } from '../file.source';
import { resolveSecrets } from '../resolve-secrets';
import { SecretError } from '../secret-source';

const ADDRESS = 'VAULT_ADDR';
const AUTHORITY = 'VAULT_CACERT';
const KUBERNETES_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

const KEYS = [
  ADDRESS,
  AUTHORITY,
  'VAULT_NAMESPACE',
  'VAULT_AUTH_PATH',
  'VAULT_TOKEN',
  'VAULT_ROLE_ID',
  'VAULT_SECRET_ID',
  'VAULT_KUBERNETES_ROLE',
  'VAULT_KUBERNETES_JWT',
] as const;

type Values = Partial<Record<(typeof KEYS)[number], string>>;

/** A token that somebody else looks after, or a login that gives one for as long as this process reads. */
export type VaultLogin =
  { token: string } | { path: string; body: Record<string, string>; words: string; setting: string };

export interface VaultSettings {
  address: URL;
  namespace?: string;
  /** Certificates, in PEM, of the authorities that Vault's own is signed by. */
  authority?: string;
  login: VaultLogin;
}

/**
 * How to reach Vault, from the variables its own tools use: VAULT_ADDR, VAULT_NAMESPACE, VAULT_CACERT (a file), and
 * VAULT_TOKEN, or VAULT_ROLE_ID with VAULT_SECRET_ID, or VAULT_KUBERNETES_ROLE. Each may be given as `…_FILE`.
 * @throws SecretError that names the setting to correct
 */
export async function vaultSettings(env: Environment): Promise<VaultSettings> {
  const files = new FileSource();
  const { values: given, troubles } = await resolveSecrets(KEYS, env, [new EnvironmentSource(env), files]);
  const [trouble] = troubles;
  if (trouble) throw new SecretError(trouble.reason, trouble.key);
  const values: Values = given;
  return {
    address: addressOf(values[ADDRESS]),
    namespace: values.VAULT_NAMESPACE,
    authority: values[AUTHORITY] && (await blaming(AUTHORITY, files.read(values[AUTHORITY]))),
    login: await loginOf(values, files),
  };
}

function addressOf(text: string | undefined): URL {
  if (!text) throw new SecretError('is missing, and settings refer to Vault', ADDRESS);
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (!address || !['http:', 'https:'].includes(address.protocol)) {
    throw new SecretError('must be an address that starts with https:// or http://', ADDRESS);
  }
  return address;
}

async function loginOf(values: Values, files: FileSource): Promise<VaultLogin> {
  const { VAULT_TOKEN, VAULT_ROLE_ID, VAULT_SECRET_ID, VAULT_KUBERNETES_ROLE, VAULT_AUTH_PATH } = values;
  if (VAULT_TOKEN) return { token: VAULT_TOKEN };
  if (VAULT_ROLE_ID) {
    if (!VAULT_SECRET_ID) throw new SecretError('is missing beside VAULT_ROLE_ID', 'VAULT_SECRET_ID');
    const body = { role_id: VAULT_ROLE_ID, secret_id: VAULT_SECRET_ID };
    return {
      path: loginPath(VAULT_AUTH_PATH ?? 'approle'),
      body,
      words: 'AppRole',
      setting: 'VAULT_SECRET_ID',
    };
  }
  if (VAULT_KUBERNETES_ROLE) {
    const jwt =
      values.VAULT_KUBERNETES_JWT ?? (await blaming('VAULT_KUBERNETES_JWT', files.read(KUBERNETES_TOKEN)));
    const body = { role: VAULT_KUBERNETES_ROLE, jwt };
    const setting = 'VAULT_KUBERNETES_ROLE';
    return { path: loginPath(VAULT_AUTH_PATH ?? 'kubernetes'), body, words: 'Kubernetes', setting };
  }
  throw new SecretError(
    'is missing; VAULT_ROLE_ID with VAULT_SECRET_ID, or VAULT_KUBERNETES_ROLE, would do as well',
    'VAULT_TOKEN',
  );
}

const loginPath = (mount: string): string => `auth/${mount.replace(/^\/+|\/+$/g, '')}/login`;

const blaming = (setting: string, reading: Promise<string>): Promise<string> =>
  reading.catch((error: unknown) => {
    throw error instanceof SecretError ? new SecretError(error.message, setting) : error;
  });
