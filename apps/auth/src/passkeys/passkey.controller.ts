import { Controller } from '@nestjs/common';
import {
  addPasskey,
  beginPasskey,
  beginPasskeyLogin,
  listPasskeys,
  type Out,
  passkeyLogin,
  removePasskey,
  renamePasskey,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { Passkey, PrismaClient } from '../generated/prisma/client';
import { deliver, deviceOfCall } from '../sessions/delivery';
import { PasskeyRepository } from './passkey.repository';
import { PasskeySignIn } from './passkey-sign-in.use-case';
import { Passkeys } from './passkeys.use-case';

@Controller()
export class PasskeyController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly repository: PasskeyRepository,
    private readonly passkeys: Passkeys,
    private readonly signIn: PasskeySignIn,
  ) {}

  @Implements(listPasskeys)
  async list(@TheCall() { principal }: Call<typeof listPasskeys>): Promise<Out<typeof listPasskeys>> {
    const held = await this.database.global((tx) => this.repository.ofUser(tx, principal.userId));
    return { items: held.map(shown) };
  }

  @Implements(beginPasskey)
  begin(
    @TheCall() { principal, body, address }: Call<typeof beginPasskey>,
  ): Promise<Out<typeof beginPasskey>> {
    return this.passkeys.begin(principal.userId, body, address);
  }

  @Implements(addPasskey)
  async add(@TheCall() { principal, body }: Call<typeof addPasskey>): Promise<Out<typeof addPasskey>> {
    return shown(await this.passkeys.add(principal, body));
  }

  @Implements(renamePasskey)
  async rename(
    @TheCall() { principal, params, body }: Call<typeof renamePasskey>,
  ): Promise<Out<typeof renamePasskey>> {
    const renamed = await this.database.global((tx) =>
      this.repository.rename(tx, principal.userId, params.id, body.name),
    );
    if (!renamed) throw new BusinessRuleException('NOT_FOUND');
    return shown(renamed);
  }

  @Implements(removePasskey)
  async remove(
    @TheCall() { principal, params, body, address }: Call<typeof removePasskey>,
  ): Promise<Out<typeof removePasskey>> {
    await this.passkeys.remove(principal, params.id, body, address);
    return undefined;
  }

  @Implements(beginPasskeyLogin)
  beginSignIn(): Promise<Out<typeof beginPasskeyLogin>> {
    return this.signIn.begin();
  }

  @Implements(passkeyLogin)
  async login(@TheCall() call: Call<typeof passkeyLogin>): Promise<Out<typeof passkeyLogin>> {
    return deliver(await this.signIn.run(call.body, deviceOfCall(call)), call.body, call.cookies);
  }
}

const shown = ({ id, name, synced, createdAt, lastUsedAt }: Passkey): Out<typeof renamePasskey> => ({
  id,
  name,
  synced,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
