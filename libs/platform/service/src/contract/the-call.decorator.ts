import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Call } from '@orion/security';

const calls = new WeakMap<object, Call>();

export const keepCall = (request: object, call: Call): void => {
  calls.set(request, call);
};

/** The validated call of a method that implements an endpoint. */
export const TheCall = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const call = calls.get(context.switchToHttp().getRequest<object>());
  if (!call) throw new Error('@TheCall() needs a method with @Implements()');
  return call;
});
