import { Controller } from '@nestjs/common';
import { acceptInvited, Language, readInvited } from '@orion/contracts';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import { AcceptInvitation } from './accept-invitation.use-case';

/** Auth asks when somebody without an account follows an invitation. */
@Controller()
export class InvitedController {
  constructor(private readonly accepting: AcceptInvitation) {}

  @Answers(readInvited)
  async read({ token }: z.output<typeof readInvited.ask>): Promise<z.input<typeof readInvited.answer>> {
    const { invitation, organization } = await this.accepting.preview(token);
    const { email, language } = invitation;
    return {
      email,
      language: Language.parse(language),
      organizationId: organization.id,
      organizationName: organization.name,
    };
  }

  @Answers(acceptInvited)
  async accept({
    token,
    ...guest
  }: z.output<typeof acceptInvited.ask>): Promise<z.input<typeof acceptInvited.answer>> {
    const { membership } = await this.accepting.run(token, guest);
    const { userId, organizationId, id, roles, joinedAt, sequence } = membership;
    return { userId, organizationId, membershipId: id, roles, joinedAt: joinedAt.toISOString(), sequence };
  }
}
