import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client';
import type { Life } from './refresh';

type Tx = Prisma.TransactionClient;

const LIFE_S = 300;
const MOST_ATTEMPTS = 5;

export interface Challenge {
  userId: string;
  organizationId: string;
  life: Life;
}

const hashOf = (token: string) => new Uint8Array(createHash('sha256').update(token).digest());

/** Sign-ins that wait for their second factor: five minutes and five attempts, by the database's clock. */
@Injectable()
export class ChallengeRepository {
  /** @returns its token, of which only the hash is kept */
  async add(tx: Tx, { userId, organizationId, life }: Challenge): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await tx.$executeRaw`
      INSERT INTO login_challenge (hash, user_id, organization_id, life, expires_at)
      VALUES (${hashOf(token)}, ${userId}::uuid, ${organizationId}::uuid, ${life},
              clock_timestamp() + ${LIFE_S}::int * interval '1 second')`;
    return token;
  }

  /** Counts an attempt; null where the challenge is unknown, has run out or was tried too often. */
  async attempt(tx: Tx, token: string): Promise<Challenge | null> {
    const [found] = await tx.$queryRaw<Challenge[]>`
      UPDATE login_challenge SET attempts = attempts + 1
       WHERE hash = ${hashOf(token)} AND expires_at > clock_timestamp() AND attempts < ${MOST_ATTEMPTS}
      RETURNING user_id AS "userId", organization_id AS "organizationId", life`;
    return found ?? null;
  }

  async remove(tx: Tx, token: string): Promise<void> {
    await tx.loginChallenge.deleteMany({ where: { hash: hashOf(token) } });
  }
}
