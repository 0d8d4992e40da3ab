import { Module } from '@nestjs/common';
import { RoleDirectory } from './role-directory.service';

@Module({ providers: [RoleDirectory], exports: [RoleDirectory] })
export class RolesModule {}
