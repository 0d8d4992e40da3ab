import { Controller } from '@nestjs/common';
import { login, loginEnrol, loginSecondFactor, logout, type Out, refresh } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { deliver, deviceOfCall } from './delivery';
import { Login } from './login.use-case';
import { Logout } from './logout.use-case';
import { Refresh } from './refresh.use-case';
import { SecondFactor } from './second-factor.use-case';

@Controller()
export class SessionController {
  constructor(
    private readonly signIn: Login,
    private readonly secondStep: SecondFactor,
    private readonly renewal: Refresh,
    private readonly signOut: Logout,
  ) {}

  @Implements(login)
  async login(@TheCall() call: Call<typeof login>): Promise<Out<typeof login>> {
    return deliver(await this.signIn.run(call.body, deviceOfCall(call)), call.body, call.cookies);
  }

  @Implements(loginEnrol)
  enrol(@TheCall() { body }: Call<typeof loginEnrol>): Promise<Out<typeof loginEnrol>> {
    return this.secondStep.enrol(body.challenge);
  }

  @Implements(loginSecondFactor)
  async secondFactor(
    @TheCall() call: Call<typeof loginSecondFactor>,
  ): Promise<Out<typeof loginSecondFactor>> {
    return deliver(await this.secondStep.run(call.body, deviceOfCall(call)), call.body, call.cookies);
  }

  @Implements(refresh)
  async refresh(@TheCall() { body, cookies }: Call<typeof refresh>): Promise<Out<typeof refresh>> {
    const { refreshToken, organizationId } = body;
    return refreshToken === undefined
      ? this.renewal.runWithCookies(cookies, organizationId)
      : deliver(await this.renewal.run(refreshToken), body, cookies);
  }

  @Implements(logout)
  async logout(@TheCall() call: Call<typeof logout>): Promise<Out<typeof logout>> {
    const { refreshToken, organizationId } = call.body;
    if (refreshToken === undefined) await this.signOut.runWithCookies(call.cookies, organizationId);
    else await this.signOut.run(refreshToken);
    return undefined;
  }
}
