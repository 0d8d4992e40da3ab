import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import type { PrismaClient } from '../generated/prisma/client';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionRepository } from './session.repository';

@Injectable()
export class Logout {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly sessions: SessionRepository,
    private readonly codec: RefreshTokenCodec,
  ) {}

  /** Ends the family of the token, whichever of its tokens this is; does nothing for a token nobody knows. */
  async run(token: string): Promise<void> {
    const organizationId = this.codec.organizationOf(token);
    if (!organizationId) return;
    await this.database.tenant(organizationId, async (tx) => {
      const found = await this.sessions.byToken(tx, organizationId, this.codec.hash(token));
      if (found) await this.sessions.end(tx, found, 'logout');
    });
  }
}
