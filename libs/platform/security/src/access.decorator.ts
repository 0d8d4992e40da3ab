import { SetMetadata } from '@nestjs/common';
import type { Endpoint } from '@orion/contracts';

export const CONTRACT = 'orion:contract';
export const UNGUARDED = 'orion:unguarded';

/** The contract a handler implements; the guard and the validation read it. */
export const ImplementedContract = (contract: Endpoint) => SetMetadata(CONTRACT, contract);

/** For routes that are no endpoint of the platform, such as health: everybody may call them, and the reason why. */
export const Unguarded = (reason: string) => SetMetadata(UNGUARDED, reason);
