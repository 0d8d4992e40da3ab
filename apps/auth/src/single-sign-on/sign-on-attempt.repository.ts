import { Injectable } from '@nestjs/common';
import type { Prisma, SignOnAttempt } from '../generated/prisma/client';
import { hashOf } from './sign-on-state.codec';

type Tx = Prisma.TransactionClient;

/** Long enough for a password and a second factor at the provider. */
const LIFE_S = 900;

export type Attempt = Pick<SignOnAttempt, 'organizationId' | 'issuer' | 'nonce' | 'verifier'>;

/** People on their way to their provider and back, by the database's clock. */
@Injectable()
export class SignOnAttemptRepository {
  /** @param browser what the page keeps, and shows when it comes back */
  async add(tx: Tx, state: string, browser: string, it: Attempt): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO sign_on_attempt (hash, organization_id, browser_hash, issuer, nonce, verifier, expires_at)
      VALUES (${hashOf(state)}, ${it.organizationId}::uuid, ${hashOf(browser)}, ${it.issuer}, ${it.nonce}, ${it.verifier},
              clock_timestamp() + ${LIFE_S}::int * interval '1 second')`;
  }

  /** Each attempt counts once, also a failed one; null where it is unknown, has run out, or was begun in another browser. */
  async take(tx: Tx, state: string, browser: string): Promise<Attempt | null> {
    const [found] = await tx.$queryRaw<(Attempt & { fits: boolean })[]>`
      DELETE FROM sign_on_attempt WHERE hash = ${hashOf(state)}
      RETURNING organization_id AS "organizationId", issuer, nonce, verifier,
                browser_hash = ${hashOf(browser)} AND expires_at > clock_timestamp() AS fits`;
    if (!found?.fits) return null;
    const { fits: _, ...attempt } = found;
    return attempt;
  }
}
