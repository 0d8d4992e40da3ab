import { SecretError } from '../secret-source';
import type { VaultLogin, VaultSettings } from './vault.settings';

/** An address as it may be shown: without what stands before the host. */
const shown = ({ protocol, host }: URL): string => `${protocol}//${host}`;

const UNTRUSTED = /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|ERR_TLS_|HOSTNAME_)/;

/**
 * What is wrong where Vault gave no answer, and whether another try is of no use. Vault's own words are never repeated
 * anywhere in this file: they may quote what they were sent.
 */
export function unreachable(error: unknown, address: URL): { error: SecretError; final: boolean } {
  const { code, name } = error as { code?: string; name?: string };
  if (code && UNTRUSTED.test(code)) {
    const reason = `leads to ${shown(address)}, whose certificate is not trusted (${code}): set VAULT_CACERT to the file of its authority`;
    return { error: new SecretError(reason, 'VAULT_ADDR'), final: true };
  }
  const how = name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : (code ?? 'no answer');
  const reason = `leads to ${shown(address)}, where no Vault answers (${how})`;
  return { error: new SecretError(reason, 'VAULT_ADDR'), final: false };
}

/** What holds whatever was asked. */
function notNow(status: number, address: URL): SecretError | undefined {
  if (status === 503)
    return new SecretError(`leads to ${shown(address)}, a Vault that is sealed or down`, 'VAULT_ADDR');
  if (status === 429)
    return new SecretError(`leads to ${shown(address)}, a Vault that is asked too often`, 'VAULT_ADDR');
  if (status >= 500 || (status >= 300 && status < 400))
    return new SecretError(`leads to ${shown(address)}, a Vault that answers ${status}`, 'VAULT_ADDR');
  return undefined;
}

export function loginRefused(
  status: number,
  login: Exclude<VaultLogin, { token: string }>,
  address: URL,
): SecretError {
  const { words, path, setting } = login;
  return (
    notNow(status, address) ??
    new SecretError(`is refused by Vault’s login ${words} at ${path} (${status})`, setting)
  );
}

export function readRefused(
  status: number,
  path: string,
  metadata: unknown,
  settings: VaultSettings,
): SecretError {
  const passing = notNow(status, settings.address);
  if (passing) return passing;
  if (status === 403) {
    return new SecretError(
      `refers to ${path} in Vault, which this login may not read: see its policy, or the token has ended`,
    );
  }
  if (status === 404 && metadata) return new SecretError(`refers to ${path} in Vault, which was deleted`);
  if (status === 404) return new SecretError(`refers to ${path} in Vault, where nothing is`);
  if (status === 200) {
    return new SecretError(`refers to ${path} in Vault, which is no secret of a KV engine of version 2`);
  }
  return new SecretError(`refers to ${path} in Vault, which answers ${status}`);
}
