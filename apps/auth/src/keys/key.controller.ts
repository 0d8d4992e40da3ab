import { Controller } from '@nestjs/common';
import { jwks, type Out } from '@orion/contracts';
import { Implements } from '@orion/service';
import { SigningKeys } from './signing-keys.provider';

@Controller()
export class KeyController {
  constructor(private readonly keys: SigningKeys) {}

  @Implements(jwks)
  list(): Promise<Out<typeof jwks>> {
    return this.keys.published(new Date());
  }
}
