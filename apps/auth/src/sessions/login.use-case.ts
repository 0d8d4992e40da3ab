import { Injectable } from '@nestjs/common';
import type { In, login } from '@orion/contracts';
import { CheckCredentials } from '../accounts/check-credentials.use-case';
import { lifeOf } from './delivery';
import type { Minted } from './minted';
import { OpenSession } from './open-session.use-case';
import type { Device } from './session.repository';

@Injectable()
export class Login {
  constructor(
    private readonly credentials: CheckCredentials,
    private readonly sessions: OpenSession,
  ) {}

  /** @throws BAD_CREDENTIALS, NO_MEMBERSHIP, TOO_MANY_REQUESTS, BUSY */
  async run(wish: In<typeof login>['body'], device: Device): Promise<Minted> {
    const userId = await this.credentials.run(wish.email, wish.password, device.address);
    const { organizationId } = wish;
    return this.sessions.run({ userId, organizationId, life: lifeOf(wish), ...device });
  }
}
