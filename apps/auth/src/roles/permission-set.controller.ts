import { Controller } from '@nestjs/common';
import { permissionSet } from '@orion/contracts';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import { PermissionSetRepository } from './permission-set.repository';

@Controller()
export class PermissionSetController {
  constructor(private readonly sets: PermissionSetRepository) {}

  @Answers(permissionSet)
  async answer({
    digest,
  }: z.output<typeof permissionSet.ask>): Promise<z.input<typeof permissionSet.answer>> {
    return { permissions: await this.sets.find(digest) };
  }
}
