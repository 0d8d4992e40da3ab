import { Injectable } from '@nestjs/common';
import { type EventOf, personChanged } from '@orion/contracts';
import { type EventConsumer } from '@orion/messaging';
import { CredentialRepository } from '../accounts/credential.repository';
import type { Prisma } from '../generated/prisma/client';

/** `user` owns name and language of a person; mails about the account are written with them. */
@Injectable()
export class PersonConsumer implements EventConsumer {
  readonly name = 'auth.people';
  readonly events = [personChanged];

  constructor(private readonly credentials: CredentialRepository) {}

  async handle(tx: Prisma.TransactionClient, { data }: EventOf<typeof personChanged>): Promise<void> {
    const { userId, name, language } = data;
    await this.credentials.setPerson(tx, userId, { name, language });
  }
}
