import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import type { CallCookies } from '@orion/security';
import type { PrismaClient } from '../generated/prisma/client';
import { candidates } from './delivery';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionEnding } from './session-ending.repository';
import { SessionRepository } from './session.repository';

@Injectable()
export class Logout {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly sessions: SessionRepository,
    private readonly ending: SessionEnding,
    private readonly codec: RefreshTokenCodec,
  ) {}

  /** Ends the family of the token, whichever of its tokens this is; does nothing for a token nobody knows. */
  async run(token: string): Promise<void> {
    const organizationId = this.codec.organizationOf(token);
    if (!organizationId) return;
    await this.database.tenant(organizationId, async (tx) => {
      const found = await this.sessions.byToken(tx, organizationId, this.codec.hash(token));
      if (found) await this.ending.end(tx, organizationId, [found.sessionId], 'logout');
    });
  }

  /** For a page: ends and forgets its session with the organization, or all it has. */
  async runWithCookies(cookies: CallCookies, organizationId: string | undefined): Promise<void> {
    for (const [key, token] of candidates(cookies.held(), organizationId)) {
      await this.run(token);
      cookies.drop(key);
    }
  }
}
