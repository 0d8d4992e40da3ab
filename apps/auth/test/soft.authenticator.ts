import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  addPasskey,
  beginPasskey,
  beginPasskeyLogin,
  passkeyLogin,
  Reply,
  Request,
} from '@orion/contracts';
import { isoCBOR } from '@simplewebauthn/server/helpers';

type Creation = Pick<Reply<typeof beginPasskey>, 'challenge' | 'rp' | 'user'>;
type Asking = Pick<Reply<typeof beginPasskeyLogin>, 'challenge' | 'rpId'>;
type Made = Request<typeof addPasskey>['body']['credential'];
type Signed = Request<typeof passkeyLogin>['body']['credential'];

interface Held {
  id: Buffer;
  privateKey: KeyObject;
  handle: string;
  counter: number;
}

/** What may go wrong, or be made to. */
export interface Quirks {
  origin?: string;
  rpId?: string;
  /** Whether a finger or a PIN was asked for. */
  verified?: boolean;
  /** Instead of the next one; 0 for those that do not count. */
  counter?: number;
  type?: string;
  handle?: string;
}

const FLAGS = { present: 1, verified: 4, mayBeSynced: 8, synced: 16, attested: 64 };

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const text = (data: Uint8Array) => Buffer.from(data).toString('base64url');
const uint32 = (value: number) => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
};

/**
 * An authenticator and its browser in software: ES256 keys, attestation `none`, as Web Authentication level 3 puts it
 * (sections 5.8.1, 6.1 and 6.5.4).
 */
export class SoftAuthenticator {
  private readonly held: Held[] = [];

  /** @param counts whether its counters grow; those of synced passkeys stay 0 */
  constructor(
    private readonly origin: string,
    private readonly counts = true,
  ) {}

  create({ challenge, rp, user }: Creation, quirks: Quirks = {}): Made {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const part = (value: string) => new Uint8Array(Buffer.from(value, 'base64url'));
    const cose = isoCBOR.encode(
      new Map<number, number | Uint8Array<ArrayBuffer>>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, part(x)],
        [-3, part(y)],
      ]),
    );
    const it: Held = { id: randomBytes(20), privateKey, handle: user.id, counter: 0 };
    this.held.push(it);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(it.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, it.id, cose]);
    const authData = this.authenticatorData(quirks.rpId ?? rp.id, 0, quirks, attested);
    const attestationObject = isoCBOR.encode(
      new Map<string, string | Map<string, never> | Uint8Array<ArrayBuffer>>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', new Uint8Array(authData)],
      ]),
    );
    return {
      ...this.named(it),
      response: {
        clientDataJSON: text(this.clientData('webauthn.create', challenge, quirks)),
        attestationObject: text(attestationObject),
        transports: ['internal'],
      },
    };
  }

  /** Signs with the passkey made last, as a person chooses it. */
  get({ challenge, rpId }: Asking, quirks: Quirks = {}): Signed {
    const it = this.held.at(-1);
    if (!it) throw new Error('there is no passkey to sign with');
    it.counter = quirks.counter ?? (this.counts ? it.counter + 1 : 0);
    const authData = this.authenticatorData(quirks.rpId ?? rpId, it.counter, quirks);
    const clientData = this.clientData('webauthn.get', challenge, quirks);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), it.privateKey);
    return {
      ...this.named(it),
      response: {
        clientDataJSON: text(clientData),
        authenticatorData: text(authData),
        signature: text(signature),
        userHandle: quirks.handle ?? it.handle,
      },
    };
  }

  private named({ id }: Held) {
    return { id: text(id), rawId: text(id), type: 'public-key' as const, clientExtensionResults: {} };
  }

  private clientData(type: string, challenge: string, quirks: Quirks): Buffer {
    const origin = quirks.origin ?? this.origin;
    return Buffer.from(JSON.stringify({ type: quirks.type ?? type, challenge, origin, crossOrigin: false }));
  }

  private authenticatorData(rpId: string, counter: number, { verified = true }: Quirks, attested?: Buffer) {
    const flags =
      FLAGS.present |
      (verified ? FLAGS.verified : 0) |
      (attested ? FLAGS.attested : 0) |
      (this.counts ? 0 : FLAGS.mayBeSynced | FLAGS.synced);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), uint32(counter), attested ?? Buffer.alloc(0)]);
  }
}
