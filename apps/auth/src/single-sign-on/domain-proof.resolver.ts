import { Resolver } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@orion/service';
import type { AuthConfig } from '../auth.config';

/** Looks in the DNS for the record that proves a domain. */
@Injectable()
export class DomainProof {
  private readonly resolver = new Resolver({ timeout: 2_000, tries: 2 });

  constructor(@Inject(CONFIG) { DNS_SERVERS }: Pick<AuthConfig, 'DNS_SERVERS'>) {
    if (DNS_SERVERS.length > 0) this.resolver.setServers(DNS_SERVERS);
  }

  /** False also where the name servers of the domain do not answer. */
  async holds(name: string, record: string): Promise<boolean> {
    try {
      const texts = await this.resolver.resolveTxt(name);
      return texts.some((parts) => parts.join('') === record);
    } catch {
      return false;
    }
  }
}
