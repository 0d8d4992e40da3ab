import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeAuditRetention,
  changeRole,
  createRole,
  deleteRole,
  exportAuditLog,
  listAuditLog,
  login,
  readAuditRetention,
  type Reply,
  roleChanged,
} from '@orion/contracts';
import { eventOf, eventually, problemOf, sendEvents } from '@orion/testing';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Signed = Reply<typeof login>;
type Query = Partial<Parameters<typeof listAuditLog.input.query.parse>[0] & object>;

const logOf = (who: Signed, query: Query = {}) => auth.as(who.accessToken).call(listAuditLog, { query });

/** Entries, once there are so many. */
const entries = async (who: Signed, query: Query, count: number) => {
  let items: Reply<typeof listAuditLog>['items'] = [];
  await eventually(async () => {
    ({ items } = await logOf(who, query));
    expect(items).toHaveLength(count);
  });
  return items;
};

describe('the audit log', () => {
  it('tells who did what from where, and what it changed', async () => {
    const email = someEmail();
    const ada = await auth.member(email);
    const as = auth.as(ada.accessToken);
    const { id } = await as.call(createRole, { body: { name: 'Planner', permissions: ['team.view'] } });
    await as.call(changeRole, { params: { id }, body: { name: 'Dispatcher' } });
    await as.call(deleteRole, { params: { id } });
    const [gone, renamed, created] = await entries(ada, { resourceId: id }, 3);
    expect(created).toMatchObject({
      action: 'auth.role.changed',
      resource: { kind: 'role', id },
      actor: { userId: ada.userId, email },
      impersonator: null,
      address: '127.0.0.1',
      before: null,
      after: { name: 'Planner', description: '', permissions: ['team.view'] },
    });
    expect(created?.userAgent).toContain('node');
    expect(renamed).toMatchObject({ before: { name: 'Planner' }, after: { name: 'Dispatcher' } });
    expect(gone).toMatchObject({ before: { name: 'Dispatcher' }, after: null });
  });
});
