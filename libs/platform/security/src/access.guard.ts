import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Endpoint } from '@orion/contracts';
import { extendContext } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { CONTRACT, UNGUARDED } from './access.decorator';
import { Authenticator } from './authenticator.service';
import { contextOf, type Principal } from './principal';

interface HttpRequest {
  headers: Record<string, string | string[] | undefined>;
}

const principals = new WeakMap<object, Principal>();

/** Who makes this request; null where nobody had to sign in. */
export const principalOf = (request: object): Principal | null => principals.get(request) ?? null;

/** Global: a handler that implements no contract and is not declared unguarded is closed to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<string>(UNGUARDED, places)) return true;
    const contract = this.reflector.get<Endpoint | undefined>(CONTRACT, context.getHandler());
    if (!contract) throw new BusinessRuleException('FORBIDDEN', 'This route implements no contract');
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const principal = await this.authenticator.admit(
      contract,
      request.headers['authorization'] as string | undefined,
    );
    if (principal) {
      principals.set(request, principal);
      extendContext(contextOf(principal));
    }
    return true;
  }
}
