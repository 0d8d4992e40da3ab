import { generateKeyPairSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { addPasskey, beginPasskey, beginPasskeyLogin, In, Out, passkeyLogin } from '@orion/contracts';
import { CONFIG } from '@orion/service';
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeClientDataJSON, isoCBOR } from '@simplewebauthn/server/helpers';
import { parse } from 'uuid';
import type { AuthConfig } from '../auth.config';
import type { Passkey } from '../generated/prisma/client';

const RP_NAME = 'Orion';
const TIMEOUT_MS = 300_000;
/** EdDSA, ES256, RS256: what authenticators of today offer. */
const ALGORITHMS = [-8, -7, -257];

type Bytes = Uint8Array<ArrayBuffer>;

export interface MadePasskey {
  /** base64url */
  credentialId: string;
  /** COSE */
  publicKey: Bytes;
  counter: number;
  transports: string[];
  synced: boolean;
}

type Known = Pick<Passkey, 'publicKey' | 'counter'>;

/** What a passkey says of its owner: nothing anybody could read. */
export const handleOf = (userId: string): string => Buffer.from(parse(userId)).toString('base64url');

/** The platform as a relying party of Web Authentication: the host and origin of its public address. */
@Injectable()
export class RelyingParty {
  private readonly id: string;
  private readonly origin: string;
  private readonly stranger: Known = { publicKey: strangersKey(), counter: 0n };

  constructor(@Inject(CONFIG) { PUBLIC_URL }: Pick<AuthConfig, 'PUBLIC_URL'>) {
    const { hostname, origin } = new URL(PUBLIC_URL);
    this.id = hostname;
    this.origin = origin;
  }

  creationOptions(
    { userId, email, name }: { userId: string; email: string; name: string },
    known: readonly Passkey[],
    challenge: string,
  ): Out<typeof beginPasskey> {
    return {
      rp: { id: this.id, name: RP_NAME },
      user: { id: handleOf(userId), name: email, displayName: name },
      challenge,
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      timeout: TIMEOUT_MS,
      attestation: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({
        id: Buffer.from(credentialId).toString('base64url'),
        type: 'public-key',
        transports,
      })),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
    };
  }

  requestOptions(challenge: string): Out<typeof beginPasskeyLogin> {
    return { challenge, timeout: TIMEOUT_MS, rpId: this.id, userVerification: 'required' };
  }

  /** The challenge a browser says it signed; undefined where that cannot be read. */
  challengeOf(clientDataJSON: string): string | undefined {
    try {
      const { challenge } = decodeClientDataJSON(clientDataJSON) as { challenge?: unknown };
      return typeof challenge === 'string' ? challenge : undefined;
    } catch {
      return undefined;
    }
  }

  /** Null for what is no passkey made for this platform, this challenge, by somebody verified. */
  async made(
    credential: In<typeof addPasskey>['body']['credential'],
    expectedChallenge: string,
  ): Promise<MadePasskey | null> {
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: credential as RegistrationResponseJSON,
        expectedChallenge,
        expectedOrigin: this.origin,
        expectedRPID: this.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      if (!verified) return null;
      const { id: credentialId, publicKey, counter } = registrationInfo.credential;
      const transports = credential.response.transports ?? [];
      return {
        credentialId,
        publicKey: new Uint8Array(publicKey),
        counter,
        transports,
        synced: registrationInfo.credentialBackedUp,
      };
    } catch {
      return null;
    }
  }

  /**
   * The counter of a passkey after it has signed the challenge; null for a wrong signature, another platform, a person
   * who was not verified, or a counter that has not grown.
   * @param passkey null for one nobody knows: it takes as long to refuse as a wrong signature
   */
  async signed(
    credential: In<typeof passkeyLogin>['body']['credential'],
    expectedChallenge: string,
    passkey: Known | null,
  ): Promise<number | null> {
    const { publicKey, counter } = passkey ?? this.stranger;
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: credential as AuthenticationResponseJSON,
        expectedChallenge,
        expectedOrigin: this.origin,
        expectedRPID: this.id,
        requireUserVerification: true,
        credential: { id: credential.id, publicKey: new Uint8Array(publicKey), counter: Number(counter) },
      });
      return verified && passkey ? authenticationInfo.newCounter : null;
    } catch {
      return null;
    }
  }
}

/** An ES256 key (COSE, RFC 9053) nobody has the other half of. */
function strangersKey(): Bytes {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  });
  const part = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
  const key = new Map<number, number | Bytes>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, part(x)],
    [-3, part(y)],
  ]);
  return new Uint8Array(isoCBOR.encode(key));
}
