import { Controller } from '@nestjs/common';
import { endImpersonation, impersonate, type Out } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { deviceOfCall } from './delivery';
import { Impersonate } from './impersonate.use-case';

@Controller()
export class ImpersonationController {
  constructor(private readonly impersonation: Impersonate) {}

  @Implements(impersonate)
  begin(@TheCall() call: Call<typeof impersonate>): Promise<Out<typeof impersonate>> {
    return this.impersonation.run(call.principal, call.body, deviceOfCall(call));
  }

  @Implements(endImpersonation)
  async end(@TheCall() { principal }: Call<typeof endImpersonation>): Promise<Out<typeof endImpersonation>> {
    await this.impersonation.end(principal);
    return undefined;
  }
}
