import {
  accountRegistered,
  apiKeyCreated,
  apiKeyRevoked,
  apiKeyRotated,
  membershipChanged,
  organizationCreated,
} from '@orion/contracts';
import { teller } from './teller';

export const PEOPLE_TELLERS = [
  teller(accountRegistered, (it) => `${it.email} created an account`),
  teller(organizationCreated, (it) => `Organization ${it.name} created`),
  teller(membershipChanged, (it) =>
    it.active
      ? `${it.email} is a member with role ${it.roles.join(', ')}`
      : `${it.email} ${it.suspended ? 'is suspended' : 'left the organization'}`,
  ),
  teller(apiKeyCreated, (it) => `API key ${it.name} (${it.prefix}) created`),
  teller(apiKeyRotated, (it) => `API key ${it.name} has another secret (${it.prefix})`),
  teller(apiKeyRevoked, (it) => `API key ${it.name} (${it.prefix}) revoked`),
];
