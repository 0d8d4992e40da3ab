import { Injectable } from '@nestjs/common';
import { type PeriodicJob } from '@orion/database';
import { SigningKeys } from './signing-keys.provider';

@Injectable()
export class KeyRotation implements PeriodicJob {
  readonly name = 'auth.key-rotation';
  readonly everyMs = 3_600_000;
  readonly leased = true;

  constructor(private readonly keys: SigningKeys) {}

  async run(): Promise<boolean> {
    await this.keys.rotate(new Date());
    return false;
  }
}
