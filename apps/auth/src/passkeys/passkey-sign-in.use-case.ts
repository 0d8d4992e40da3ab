import { Injectable } from '@nestjs/common';
import type { beginPasskeyLogin, In, Out, passkeyLogin } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { SignInThrottle } from '../accounts/sign-in.throttle';
import type { Passkey, PrismaClient } from '../generated/prisma/client';
import { lifeOf } from '../sessions/delivery';
import type { Minted } from '../sessions/minted';
import { OpenSession } from '../sessions/open-session.use-case';
import type { Device } from '../sessions/session.repository';
import { PasskeyRepository } from './passkey.repository';
import { handleOf, RelyingParty } from './relying-party.provider';

type Wish = In<typeof passkeyLogin>['body'];

/** Signs in whoever holds a passkey and was verified by it: what they have and what they know or are, at once. */
@Injectable()
export class PasskeySignIn {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly passkeys: PasskeyRepository,
    private readonly party: RelyingParty,
    private readonly throttle: SignInThrottle,
    private readonly sessions: OpenSession,
    private readonly log: Log,
  ) {}

  async begin(): Promise<Out<typeof beginPasskeyLogin>> {
    const challenge = await this.database.global((tx) => this.passkeys.challenge(tx, null));
    return this.party.requestOptions(challenge);
  }

  /** @throws PASSKEY_REFUSED alike whatever is wrong, NO_MEMBERSHIP, TOO_MANY_REQUESTS */
  async run(wish: Wish, device: Device): Promise<Minted> {
    const who = `passkey ${wish.credential.id}`;
    await this.throttle.check(who, device.address);
    const passkey = await this.proved(wish.credential);
    if (!passkey) {
      await this.throttle.failed(who, device.address);
      this.log.warn('session_passkey_failed', { address: device.address });
      throw new BusinessRuleException('PASSKEY_REFUSED');
    }
    await this.throttle.succeeded(who, device.address);
    const { userId, id: passkeyId } = passkey;
    const membership = await this.sessions.choose(userId, wish.organizationId);
    return this.sessions.run(membership, { userId, life: lifeOf(wish), passkeyId, ...device });
  }

  /** Everything is looked at whatever was wrong before, so that the time tells nothing. */
  private async proved(credential: Wish['credential']): Promise<Passkey | null> {
    const challenge = this.party.challengeOf(credential.response.clientDataJSON) ?? '';
    const { fresh, known } = await this.database.global(async (tx) => ({
      fresh: await this.passkeys.useChallenge(tx, challenge, null),
      known: await this.passkeys.byCredential(tx, credential.id),
    }));
    const counter = await this.party.signed(credential, challenge, known);
    if (!fresh || !known || counter === null) return null;
    if (credential.response.userHandle !== handleOf(known.userId)) return null;
    const taken = await this.database.global((tx) => this.passkeys.noteUse(tx, known.id, counter));
    return taken ? known : null;
  }
}
