import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import { type SignWithPasskey } from '../session/session';

/** The person chose no passkey, or the browser found none it may use here. */
export class NoPasskeyUsed extends Error {
  override readonly name = 'NoPasskeyUsed';
}

export const knowsPasskeys = browserSupportsWebAuthn;

/** @throws NoPasskeyUsed */
export const signWithPasskey: SignWithPasskey = async (optionsJSON) => {
  try {
    const { clientExtensionResults, ...credential } = await startAuthentication({ optionsJSON });
    return { ...credential, clientExtensionResults: { ...clientExtensionResults } };
  } catch (cause) {
    throw new NoPasskeyUsed('no passkey was used', { cause });
  }
};
