import type { Out, readSingleSignOn, verifySignOnDomain } from '@orion/contracts';
import type { Provider } from './identity-provider.repository';

/** A domain as it is kept. */
export interface DomainRow {
  id: string;
  domain: string;
  token: string;
  verifiedAt: Date | null;
}

/** Where the DNS of a domain has to hold its record. */
export const recordNameOf = (domain: string): string => `_orion.${domain}`;

export const recordOf = (token: string): string => `orion-verification=${token}`;

export const toDomain = ({ id, domain, token, verifiedAt }: DomainRow): Out<typeof verifySignOnDomain> => ({
  id,
  domain,
  recordName: recordNameOf(domain),
  record: recordOf(token),
  verifiedAt: verifiedAt?.toISOString() ?? null,
});

/** Everything but the secret. */
export const settingsOf = ({ issuer, clientId, enabled, createMembers, defaultRole }: Provider) => ({
  issuer,
  clientId,
  enabled,
  createMembers,
  defaultRole,
});

export const toSingleSignOn = (
  provider: Provider | null,
  domains: DomainRow[],
  redirectUri: string,
): Out<typeof readSingleSignOn> => ({
  provider: provider && { ...settingsOf(provider), updatedAt: provider.updatedAt.toISOString() },
  domains: domains.map(toDomain),
  redirectUri,
});
