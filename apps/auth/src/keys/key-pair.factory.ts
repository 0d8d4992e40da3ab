import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { v7 as uuid } from 'uuid';
import { seal } from './private-key.cipher';
import type { NewSigningKey } from './signing-key.repository';

const BITS = 2048;
const generate = promisify(generateKeyPair);

/** A new RSA pair with its private half (PKCS #8, PEM) sealed under the key id. */
export async function newKeyPair(encryptionKey: Uint8Array): Promise<NewSigningKey> {
  const id = uuid();
  const { publicKey, privateKey } = await generate('rsa', {
    modulusLength: BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { n = '', e = '' } = createPublicKey(publicKey).export({ format: 'jwk' });
  return { id, modulus: n, exponent: e, privateKey: new Uint8Array(seal(encryptionKey, privateKey, id)) };
}
