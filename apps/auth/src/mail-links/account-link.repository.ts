import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../generated/prisma/client';
import { LINK_SECONDS, type LinkPurpose, MOST_LINKS_AN_HOUR } from './account-mail';

type Tx = Prisma.TransactionClient;

export interface Link {
  userId: string;
  /** Where the mail went. */
  email: string;
  purpose: LinkPurpose;
}

const hashOf = (token: string) => new Uint8Array(createHash('sha256').update(token).digest());

/** Single-use links; every time is the database's. */
@Injectable()
export class AccountLinkRepository {
  /** @returns its id; null where so many were sent within an hour that no further one is */
  async add(tx: Tx, { userId, email, purpose }: Link): Promise<string | null> {
    const id = uuid();
    const added = await tx.$executeRaw`
      INSERT INTO account_link (id, user_id, purpose, email, expires_at)
      SELECT ${id}::uuid, ${userId}::uuid, ${purpose}, ${email},
             clock_timestamp() + ${LINK_SECONDS[purpose]}::int * interval '1 second'
       WHERE (SELECT count(*) FROM account_link
               WHERE user_id = ${userId}::uuid AND purpose = ${purpose}
                 AND created_at > clock_timestamp() - interval '1 hour') < ${MOST_LINKS_AN_HOUR}`;
    return added === 1 ? id : null;
  }

  /** A token for the link, in place of one minted before; null where the link has run out or was used. */
  async mint(tx: Tx, id: string): Promise<string | null> {
    const token = randomBytes(32).toString('base64url');
    const minted = await tx.$executeRaw`
      UPDATE account_link SET hash = ${hashOf(token)} WHERE id = ${id}::uuid AND expires_at > clock_timestamp()`;
    return minted === 1 ? token : null;
  }

  /** What a token stands for, without using it up. */
  async peek(tx: Tx, token: string, purposes: readonly LinkPurpose[]): Promise<Link | null> {
    const [found] = await tx.$queryRaw<Link[]>`
      SELECT user_id AS "userId", email, purpose FROM account_link
       WHERE hash = ${hashOf(token)} AND purpose = ANY (${[...purposes]}::text[])
         AND expires_at > clock_timestamp()`;
    return found ?? null;
  }

  /** Uses the token up; of two at once one gets it. Other links of its person and purpose stop working too. */
  async take(tx: Tx, token: string, purposes: readonly LinkPurpose[]): Promise<Link | null> {
    const [taken] = await tx.$queryRaw<Link[]>`
      UPDATE account_link SET expires_at = clock_timestamp(), hash = NULL
       WHERE hash = ${hashOf(token)} AND purpose = ANY (${[...purposes]}::text[])
         AND expires_at > clock_timestamp()
      RETURNING user_id AS "userId", email, purpose`;
    if (taken) await this.forget(tx, taken.userId, [taken.purpose]);
    return taken ?? null;
  }

  /** Makes every link of these purposes worthless; they still count for how many were sent. */
  async forget(tx: Tx, userId: string, purposes: readonly LinkPurpose[]): Promise<void> {
    await tx.$executeRaw`
      UPDATE account_link SET expires_at = clock_timestamp(), hash = NULL
       WHERE user_id = ${userId}::uuid AND purpose = ANY (${[...purposes]}::text[])`;
  }
}
