import { Controller } from '@nestjs/common';
import { type Out, switchOrganization } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { deliver, deviceOfCall } from './delivery';
import { SwitchOrganization } from './switch-organization.use-case';

@Controller()
export class SwitchController {
  constructor(private readonly switching: SwitchOrganization) {}

  @Implements(switchOrganization)
  async switch(@TheCall() call: Call<typeof switchOrganization>): Promise<Out<typeof switchOrganization>> {
    const { principal, body, cookies } = call;
    const token = body.refreshToken ?? cookies.held().get(principal.organizationId);
    const minted = await this.switching.run(principal, body.organizationId, token, deviceOfCall(call));
    return deliver(minted, body, cookies);
  }
}
