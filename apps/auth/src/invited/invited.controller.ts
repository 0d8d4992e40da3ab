import { Controller } from '@nestjs/common';
import { type Out, registerInvited } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { RegisterInvited } from './register-invited.use-case';

@Controller()
export class InvitedController {
  constructor(private readonly registering: RegisterInvited) {}

  @Implements(registerInvited)
  register(@TheCall() { body }: Call<typeof registerInvited>): Promise<Out<typeof registerInvited>> {
    return this.registering.run(body);
  }
}
