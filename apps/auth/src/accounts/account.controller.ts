import { Controller } from '@nestjs/common';
import { type Out, register } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { Register } from './register.use-case';

@Controller()
export class AccountController {
  constructor(private readonly registration: Register) {}

  @Implements(register)
  register(@TheCall() call: Call<typeof register>): Promise<Out<typeof register>> {
    return this.registration.run(call.body);
  }
}
