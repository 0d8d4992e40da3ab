import { Inject, Injectable } from '@nestjs/common';
import {
  AddressResolver,
  hostOf,
  isAllowedAddress,
  type ResolvedAddress,
  targetProblem,
} from '@orion/outbound';
import { BusinessRuleException } from '@orion/problem';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NotificationConfig } from '../notification.config';
import { CONFIG } from '@orion/service';

const PATIENCE_MS = 2_000;

/**
 * Tells a subscriber early that an address will be refused. What counts is the check on connecting: a name that does
 * not resolve now is accepted here.
 */
@Injectable()
export class WebhookTargetCheck {
  private readonly allowLoopback: boolean;

  constructor(
    private readonly resolver: AddressResolver,
    @Inject(CONFIG) { WEBHOOK_ALLOW_LOOPBACK }: NotificationConfig,
  ) {
    this.allowLoopback = WEBHOOK_ALLOW_LOOPBACK;
  }

  /** @throws BusinessRuleException TARGET_REFUSED */
  async assertAllowed(url: string): Promise<void> {
    const problem = targetProblem(url);
    if (problem !== null) throw new BusinessRuleException('TARGET_REFUSED', `The address ${problem}`);
    const refused = (await this.known(hostOf(url))).some(
      ({ address }) => !isAllowedAddress(address, this.allowLoopback),
    );
    if (refused) {
      throw new BusinessRuleException('TARGET_REFUSED', 'The host is not, or not only, at public addresses');
    }
  }

  private known(host: string): Promise<ResolvedAddress[]> {
    const nothing: ResolvedAddress[] = [];
    const given = new AbortController();
    const tooLate = sleep(PATIENCE_MS, nothing, { signal: given.signal }).catch(() => nothing);
    const found = this.resolver.resolve(host).catch(() => nothing);
    return Promise.race([found, tooLate]).finally(() => given.abort());
  }
}
