import { randomUUID } from 'node:crypto';

export interface TestRole {
  id: string;
  name: string;
  permissions: string[];
}

const made = new Map<string, TestRole[]>();

/** A role of an organization, as auth would know it. */
export function makeTestRole(organizationId: string, permissions: string[]): TestRole {
  const role = { id: randomUUID(), name: 'Test role', permissions };
  made.set(organizationId, [...(made.get(organizationId) ?? []), role]);
  return role;
}

/** Those of the roles that were made for the organization. */
export const testRoles = (organizationId: string, ids: readonly string[]): TestRole[] =>
  (made.get(organizationId) ?? []).filter((it) => ids.includes(it.id));
