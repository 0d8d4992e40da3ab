import { Controller } from '@nestjs/common';
import { joinOrganization } from '@orion/contracts';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import { JoinOrganization } from './join-organization.use-case';

/** Auth asks when somebody signs in by their organization's provider for the first time. */
@Controller()
export class JoinController {
  constructor(private readonly joining: JoinOrganization) {}

  @Answers(joinOrganization)
  async join(ask: z.output<typeof joinOrganization.ask>): Promise<z.input<typeof joinOrganization.answer>> {
    const { userId, organizationId, id, roles, joinedAt, sequence } = await this.joining.run(ask);
    return { userId, organizationId, membershipId: id, roles, joinedAt: joinedAt.toISOString(), sequence };
  }
}
