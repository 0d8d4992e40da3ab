import { Controller } from '@nestjs/common';
import { login, logout, type Out, refresh } from '@orion/contracts';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { Login } from './login.use-case';
import { Logout } from './logout.use-case';
import { Refresh } from './refresh.use-case';

@Controller()
export class SessionController {
  constructor(
    private readonly signIn: Login,
    private readonly renewal: Refresh,
    private readonly signOut: Logout,
  ) {}

  @Implements(login)
  login(@TheCall() call: Call<typeof login>): Promise<Out<typeof login>> {
    return this.signIn.run(call.body, call.address);
  }

  @Implements(refresh)
  refresh(@TheCall() call: Call<typeof refresh>): Promise<Out<typeof refresh>> {
    return this.renewal.run(call.body.refreshToken);
  }

  @Implements(logout)
  async logout(@TheCall() call: Call<typeof logout>): Promise<Out<typeof logout>> {
    await this.signOut.run(call.body.refreshToken);
    return undefined;
  }
}
