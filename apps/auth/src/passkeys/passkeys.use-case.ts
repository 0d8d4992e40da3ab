import { Injectable } from '@nestjs/common';
import {
  type addPasskey,
  type beginPasskey,
  type In,
  type Out,
  passkeyAdded,
  passkeyRemoved,
  type removePasskey,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { actIn } from '../acting-user.setting';
import { CredentialRepository } from '../accounts/credential.repository';
import { Factors } from '../factors/factors.use-case';
import type { Passkey, Prisma, PrismaClient } from '../generated/prisma/client';
import { SessionEnding } from '../sessions/session-ending.repository';
import { PasskeyRepository } from './passkey.repository';
import { RelyingParty } from './relying-party.provider';

/** Passkeys of one person; the list is not paged. */
export const MOST_PASSKEYS = 20;

type Confirmation = In<typeof beginPasskey>['body'];

/** What somebody who is signed in does about their passkeys. */
@Injectable()
export class Passkeys {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly passkeys: PasskeyRepository,
    private readonly credentials: CredentialRepository,
    private readonly party: RelyingParty,
    private readonly factors: Factors,
    private readonly ending: SessionEnding,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** @throws WRONG_PASSWORD, CODE_WRONG, PASSKEY_LIMIT, TOO_MANY_REQUESTS, BUSY */
  async begin(userId: string, proof: Confirmation, address: string): Promise<Out<typeof beginPasskey>> {
    const person = await this.factors.confirmPerson(userId, proof, address);
    return this.database.global(async (tx) => {
      const known = await this.passkeys.ofUser(tx, userId);
      refuseMore(known);
      return this.party.creationOptions(person, known, await this.passkeys.challenge(tx, userId));
    });
  }

  /** @throws PASSKEY_INVALID, PASSKEY_EXISTS, PASSKEY_LIMIT */
  async add(principal: Principal, { name, credential }: In<typeof addPasskey>['body']): Promise<Passkey> {
    const { userId } = principal;
    const challenge = this.party.challengeOf(credential.response.clientDataJSON);
    const fresh =
      challenge !== undefined &&
      (await this.database.global((tx) => this.passkeys.useChallenge(tx, challenge, userId)));
    const made = fresh ? await this.party.made(credential, challenge) : null;
    if (!made) throw new BusinessRuleException('PASSKEY_INVALID');
    const added = await this.database.global(async (tx) => {
      await this.credentials.lock(tx, userId);
      refuseMore(await this.passkeys.ofUser(tx, userId));
      const passkey = await this.passkeys.add(tx, userId, name, made);
      if (passkey) await this.outbox.publish(tx, passkeyAdded, await factOf(tx, principal, passkey));
      return passkey;
    });
    if (!added) throw new BusinessRuleException('PASSKEY_EXISTS');
    this.log.info('account_passkey_added', { userId, passkeyId: added.id });
    return added;
  }

  /**
   * Ends the sessions that began with it, but for the one that asks.
   * @throws NOT_FOUND, WRONG_PASSWORD, CODE_WRONG, TOO_MANY_REQUESTS, BUSY
   */
  async remove(
    principal: Principal,
    id: string,
    proof: In<typeof removePasskey>['body'],
    address: string,
  ): Promise<void> {
    const { userId, sessionId: spared } = principal;
    const own = await this.database.global((tx) => this.passkeys.find(tx, userId, id));
    if (!own) throw new BusinessRuleException('NOT_FOUND');
    await this.factors.confirmPerson(userId, proof, address);
    await this.database.global(async (tx) => {
      await this.ending.ofUser(tx, userId, 'passkey', { passkeyId: id, spared });
      await this.passkeys.remove(tx, userId, id);
      await this.outbox.publish(tx, passkeyRemoved, await factOf(tx, principal, own));
    });
    this.log.info('account_passkey_removed', { userId, passkeyId: id });
  }
}

/** Told in the organization of the session, to who keeps account of what its members do. */
async function factOf(
  tx: Prisma.TransactionClient,
  { organizationId, userId }: Principal,
  { id, name }: Passkey,
) {
  await actIn(tx, organizationId);
  return { organizationId, subject: id, data: { passkeyId: id, userId, name } };
}

function refuseMore(known: readonly Passkey[]): void {
  if (known.length >= MOST_PASSKEYS)
    throw new BusinessRuleException('PASSKEY_LIMIT', `At most ${MOST_PASSKEYS}: remove one first`);
}
