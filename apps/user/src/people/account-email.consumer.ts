import { Injectable } from '@nestjs/common';
import { accountEmailChanged, type EventOf } from '@orion/contracts';
import { type EventConsumer } from '@orion/messaging';
import type { Prisma } from '../generated/prisma/client';
import { PersonRepository } from './person.repository';

/** `auth` owns the address somebody signs in with; people are listed and found by it here. */
@Injectable()
export class AccountEmailConsumer implements EventConsumer {
  readonly name = 'user.account-emails';
  readonly events = [accountEmailChanged];

  constructor(private readonly people: PersonRepository) {}

  async handle(tx: Prisma.TransactionClient, { data }: EventOf<typeof accountEmailChanged>): Promise<void> {
    await this.people.change(tx, data.userId, { email: data.email });
  }
}
