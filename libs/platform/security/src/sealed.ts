import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const VERSION = 'v1';
const PURPOSE = 'orion sealed v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What stands before the 32 bytes of an X25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

const fromRaw = (x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
const rawOf = (key: KeyObject): string => String(key.export({ format: 'jwk' })['x']);

/** The secret both sides share, bound to both public keys. */
const keyOf = (privateKey: KeyObject, theirs: KeyObject, ephemeral: string, receiver: string): Uint8Array =>
  new Uint8Array(
    hkdfSync(
      'sha256',
      diffieHellman({ privateKey, publicKey: theirs }),
      Buffer.from(`${ephemeral}.${receiver}`),
      PURPOSE,
      32,
    ),
  );

export interface SealingPair {
  privateKey: KeyObject;
  /** X25519, raw, base64url. */
  publicKey: string;
}

/** The pair that belongs to a secret of a service: the same as long as the secret is. @param secret at least 32 bytes */
export function sealingPair(secret: Uint8Array): SealingPair {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'orion sealing pair', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: rawOf(createPublicKey(privateKey)) };
}

/**
 * Seals a text so that only the holder of the private key can read it: X25519 with a key of this one message, HKDF,
 * AES-256-GCM (the parts of RFC 9180, base mode).
 * @param context has to be named again to open it, such as the id of the row it belongs to
 */
export function sealFor(publicKey: string, context: string, text: string): string {
  const pair = generateKeyPairSync('x25519');
  const ephemeral = rawOf(pair.publicKey);
  const key = keyOf(pair.privateKey, fromRaw(publicKey), ephemeral, publicKey);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), content].map((it) => it.toString('base64url'));
  return [VERSION, ephemeral, ...parts].join('.');
}

/** @throws where the text was changed, sealed for another key or in another context */
export function openSealed({ privateKey, publicKey }: SealingPair, context: string, sealed: string): string {
  const [version, ephemeral = '', iv = '', tag = '', content = ''] = sealed.split('.');
  if (version !== VERSION) throw new Error(`what is sealed as ${version} cannot be opened`);
  const key = keyOf(privateKey, fromRaw(ephemeral), ephemeral, publicKey);
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(iv), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes(tag));
  return Buffer.concat([decipher.update(bytes(content)), decipher.final()]).toString('utf8');
}
