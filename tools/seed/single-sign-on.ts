import type { PersistentClient } from '@orion/access';
import { addSignOnDomain, setSingleSignOn, verifySignOnDomain } from '@orion/contracts';

interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/**
 * Lets people of the domain sign in to the demo organization by the provider that runs on this machine, which serves the
 * domain's names as well. Safe to repeat.
 */
export async function signOnBy(
  client: PersistentClient,
  domain: string,
  settings: ProviderSettings,
): Promise<void> {
  await client.call(setSingleSignOn, { body: { ...settings, createMembers: true, defaultRole: 'operator' } });
  const { id, recordName, record } = await client.call(addSignOnDomain, { body: { domain } });
  const body = JSON.stringify({ name: recordName, texts: [record] });
  await fetch(`${settings.issuer}/records`, { method: 'PUT', body });
  await client.call(verifySignOnDomain, { params: { id } });
}
