import { Controller } from '@nestjs/common';
import { type Out, switchOrganization } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { SwitchOrganization } from './switch-organization.use-case';

@Controller()
export class SwitchController {
  constructor(private readonly switching: SwitchOrganization) {}

  @Implements(switchOrganization)
  switch(@TheCall() call: Call<typeof switchOrganization>): Promise<Out<typeof switchOrganization>> {
    return this.switching.run(call.principal, call.body);
  }
}
