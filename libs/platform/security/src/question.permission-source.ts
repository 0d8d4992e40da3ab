import { Injectable } from '@nestjs/common';
import { permissionSet } from '@orion/contracts';
import { Questions } from '@orion/messaging';
import type { PermissionSource } from './sources';

/** Asks auth over RabbitMQ. */
@Injectable()
export class QuestionPermissionSource implements PermissionSource {
  constructor(private readonly questions: Questions) {}

  async find(digest: string): Promise<readonly string[] | null> {
    const { permissions } = await this.questions.ask(permissionSet, { digest }, { timeoutMs: 2_000 });
    return permissions;
  }
}
