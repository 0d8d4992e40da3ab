import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Passkey, Prisma } from '../generated/prisma/client';
import type { MadePasskey } from './relying-party.provider';

type Tx = Prisma.TransactionClient;

const CHALLENGE_LIFE_S = 300;

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const hashOf = (challenge: string) => new Uint8Array(createHash('sha256').update(challenge).digest());

/** Passkeys, and the challenges they sign: good for five minutes and once, by the database's clock. */
@Injectable()
export class PasskeyRepository {
  /** @param userId who is to add a passkey; null for a sign-in, of whomever @returns base64url */
  async challenge(tx: Tx, userId: string | null): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    await tx.$executeRaw`
      INSERT INTO passkey_challenge (hash, user_id, expires_at)
      VALUES (${hashOf(challenge)}, ${userId}::uuid, clock_timestamp() + ${CHALLENGE_LIFE_S}::int * interval '1 second')`;
    return challenge;
  }

  /** Uses a challenge up; false for one that was used, has run out, or was given for something else. */
  async useChallenge(tx: Tx, challenge: string, userId: string | null): Promise<boolean> {
    const used = await tx.$executeRaw`
      DELETE FROM passkey_challenge
       WHERE hash = ${hashOf(challenge)} AND user_id IS NOT DISTINCT FROM ${userId}::uuid
         AND expires_at > clock_timestamp()`;
    return used === 1;
  }

  /** The oldest first. */
  ofUser(tx: Tx, userId: string): Promise<Passkey[]> {
    return tx.passkey.findMany({ where: { userId }, orderBy: { id: 'asc' } });
  }

  find(tx: Tx, userId: string, id: string): Promise<Passkey | null> {
    return tx.passkey.findFirst({ where: { userId, id } });
  }

  byCredential(tx: Tx, credentialId: string): Promise<Passkey | null> {
    return tx.passkey.findUnique({ where: { credentialId: bytes(credentialId) } });
  }

  /** @returns null where the credential is known already */
  async add(tx: Tx, userId: string, name: string, made: MadePasskey): Promise<Passkey | null> {
    const id = uuid();
    const { credentialId, publicKey, counter, transports, synced } = made;
    const { count } = await tx.passkey.createMany({
      data: [
        {
          ...{ id, userId, name, publicKey, counter, transports, synced },
          credentialId: bytes(credentialId),
        },
      ],
      skipDuplicates: true,
    });
    return count === 1 ? this.find(tx, userId, id) : null;
  }

  async rename(tx: Tx, userId: string, id: string, name: string): Promise<Passkey | null> {
    await tx.passkey.updateMany({ where: { userId, id }, data: { name } });
    return this.find(tx, userId, id);
  }

  /** Takes the signature of a passkey; false where it was taken before, so that two hold the passkey. */
  async noteUse(tx: Tx, id: string, counter: number): Promise<boolean> {
    const noted = await tx.$executeRaw`
      UPDATE passkey SET counter = ${counter}::bigint, last_used_at = clock_timestamp()
       WHERE id = ${id}::uuid AND (counter < ${counter}::bigint OR (counter = 0 AND ${counter}::bigint = 0))`;
    return noted === 1;
  }

  async remove(tx: Tx, userId: string, id: string): Promise<void> {
    await tx.passkey.deleteMany({ where: { userId, id } });
  }
}
