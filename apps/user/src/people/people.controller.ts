import { Controller } from '@nestjs/common';
import { changeMe, changeOf, type Out, personChanged, readMe } from '@orion/contracts';
import { Database } from '@orion/database';
import { Outbox } from '@orion/messaging';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { PersonRepository } from './person.repository';
import { ReadMe } from './read-me.use-case';

@Controller()
export class PeopleController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly people: PersonRepository,
    private readonly me: ReadMe,
    private readonly outbox: Outbox,
  ) {}

  @Implements(readMe)
  read(@TheCall() { principal }: Call<typeof readMe>): Promise<Out<typeof readMe>> {
    return this.database.tenant(principal.organizationId, (tx) => this.me.run(tx, principal));
  }

  @Implements(changeMe)
  change(@TheCall() { principal, body }: Call<typeof changeMe>): Promise<Out<typeof changeMe>> {
    return this.database.tenant(principal.organizationId, async (tx) => {
      const before = await this.people.self(tx, principal.userId);
      await this.people.change(tx, principal.userId, body);
      const me = await this.me.run(tx, principal);
      const { id: userId, name, language } = me;
      await this.outbox.publish(tx, personChanged, {
        organizationId: principal.organizationId,
        subject: userId,
        data: { userId, name, language },
        change: changeOf(before && { name: before.name, language: before.language }, { name, language }),
      });
      return me;
    });
  }
}
