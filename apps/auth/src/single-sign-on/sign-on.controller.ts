import { Controller } from '@nestjs/common';
import { completeSignOn, type Out, startSignOn } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { deliver, deviceOfCall } from '../sessions/delivery';
import { CompleteSignOn } from './complete-sign-on.use-case';
import { StartSignOn } from './start-sign-on.use-case';

@Controller()
export class SignOnController {
  constructor(
    private readonly starting: StartSignOn,
    private readonly completing: CompleteSignOn,
  ) {}

  @Implements(startSignOn)
  start(@TheCall() { body }: Call<typeof startSignOn>): Promise<Out<typeof startSignOn>> {
    return this.starting.run(body.email);
  }

  @Implements(completeSignOn)
  async complete(@TheCall() call: Call<typeof completeSignOn>): Promise<Out<typeof completeSignOn>> {
    return deliver(await this.completing.run(call.body, deviceOfCall(call)), call.body, call.cookies);
  }
}
