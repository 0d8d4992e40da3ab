import { Controller } from '@nestjs/common';
import {
  changeEmail,
  changePassword,
  confirmEmailChange,
  forgotPassword,
  Language,
  type Out,
  readAccount,
  resendVerification,
  resetPassword,
  verifyEmail,
} from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { AccountRepository } from './account.repository';
import { Emails } from './emails.use-case';
import { type Caller, Passwords } from './passwords.use-case';

const callerOf = ({ principal, address }: Pick<Call, 'principal' | 'address'>): Caller => ({
  userId: principal.userId,
  sessionId: principal.sessionId,
  address,
});

@Controller()
export class AccountChangeController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: Passwords,
    private readonly emails: Emails,
  ) {}

  @Implements(readAccount)
  async read(@TheCall() { principal }: Call<typeof readAccount>): Promise<Out<typeof readAccount>> {
    const { userId, organizationId, sessionId, permissions } = principal;
    const found = await this.accounts.read(organizationId, userId);
    if (!found) throw new BusinessRuleException('UNAUTHENTICATED');
    const { email, emailVerifiedAt, newEmail, name, language, roles, setUp, required } = found;
    return {
      userId,
      email,
      emailVerifiedAt: emailVerifiedAt?.toISOString() ?? null,
      newEmail,
      name,
      language: Language.catch('en').parse(language),
      organizationId,
      sessionId,
      roles,
      permissions: [...permissions].sort(),
      secondFactor: { setUp, required },
    };
  }

  @Implements(verifyEmail)
  async verify(@TheCall() { body }: Call<typeof verifyEmail>): Promise<Out<typeof verifyEmail>> {
    return this.emails.verify(body.token) as Promise<undefined>;
  }

  @Implements(resendVerification)
  async resend(
    @TheCall() { principal }: Call<typeof resendVerification>,
  ): Promise<Out<typeof resendVerification>> {
    return this.emails.resend(principal.userId) as Promise<undefined>;
  }

  @Implements(forgotPassword)
  async forgot(@TheCall() { body }: Call<typeof forgotPassword>): Promise<Out<typeof forgotPassword>> {
    return this.passwords.forgot(body.email) as Promise<undefined>;
  }

  @Implements(resetPassword)
  async reset(@TheCall() { body }: Call<typeof resetPassword>): Promise<Out<typeof resetPassword>> {
    return this.passwords.reset(body.token, body.password) as Promise<undefined>;
  }

  @Implements(changePassword)
  async change(@TheCall() call: Call<typeof changePassword>): Promise<Out<typeof changePassword>> {
    const { currentPassword, newPassword } = call.body;
    return this.passwords.change(callerOf(call), currentPassword, newPassword) as Promise<undefined>;
  }

  @Implements(changeEmail)
  async changeEmail(@TheCall() call: Call<typeof changeEmail>): Promise<Out<typeof changeEmail>> {
    return this.emails.change(callerOf(call), call.body.newEmail, call.body.password) as Promise<undefined>;
  }

  @Implements(confirmEmailChange)
  async confirm(
    @TheCall() { body }: Call<typeof confirmEmailChange>,
  ): Promise<Out<typeof confirmEmailChange>> {
    return { changed: await this.emails.confirm(body.token) };
  }
}
