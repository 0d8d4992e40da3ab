import { Injectable } from '@nestjs/common';
import { actAs, lookFor } from '../acting-user.setting';
import type { Person, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;
export type NewPerson = Pick<Person, 'id' | 'email' | 'name' | 'homeOrganizationId'> &
  Partial<Pick<Person, 'language'>>;

@Injectable()
export class PersonRepository {
  async self(tx: Tx, id: string): Promise<Person | null> {
    await actAs(tx, id);
    return tx.person.findUnique({ where: { id } });
  }

  /** @returns false where the id or the e-mail is taken */
  async add(tx: Tx, person: NewPerson): Promise<boolean> {
    await actAs(tx, person.id);
    const { count } = await tx.person.createMany({ data: [person], skipDuplicates: true });
    return count === 1;
  }

  async change(
    tx: Tx,
    id: string,
    changes: { name?: string; language?: string; email?: string },
  ): Promise<void> {
    await actAs(tx, id);
    await tx.person.updateMany({ where: { id }, data: changes });
  }

  /** The person who registered with this e-mail, whatever its case, in whichever organization. */
  async byEmail(tx: Tx, email: string): Promise<Pick<Person, 'id' | 'email' | 'name'> | null> {
    await lookFor(tx, email);
    const [found] = await tx.$queryRaw<Pick<Person, 'id' | 'email' | 'name'>[]>`
      SELECT id, email, name FROM person WHERE email_key = lower(${email})`;
    return found ?? null;
  }
}
