import { Module } from '@nestjs/common';
import { KeyController } from './key.controller';
import { KeyRotation } from './key-rotation.job';
import { SigningKeyRepository } from './signing-key.repository';
import { SigningKeys } from './signing-keys.provider';

@Module({
  controllers: [KeyController],
  providers: [SigningKeyRepository, SigningKeys, KeyRotation],
  exports: [SigningKeys],
})
export class KeysModule {}
