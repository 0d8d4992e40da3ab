import {
  listOrganizations,
  login,
  logout,
  readMe,
  refresh,
  listMembers,
  type Out,
  type Tokens,
} from '@orion/contracts';
import { type z } from 'zod';
import { type ContractServer, Refusal } from './contract-server';
import { id } from './ids';

export const ADA = {
  userId: id(1),
  organizationId: id(2),
  email: 'ada@orion.test',
  password: 'a-long-password',
};

const LUMEN = {
  id: ADA.organizationId,
  name: 'Lumen Field Services',
  slug: 'lumen',
  createdAt: '2026-01-01T00:00:00Z',
};
type Named = typeof LUMEN;
const OPEN = { ownerId: null, eraseAt: null };

/** Signing in as Ada, exchanging tokens, leaving. Every refresh token works once. */
export function people(server: ContractServer, { expiresIn = 600, others = [] as Named[] } = {}) {
  let issued = 0;
  let valid = '';
  let signedInTo = ADA.organizationId;
  const issue = (): z.input<typeof Tokens> => {
    issued += 1;
    valid = `refresh-${issued}`;
    server.tokens.add(`access-${issued}`);
    const { userId } = ADA;
    const organizationId = signedInTo;
    return {
      accessToken: `access-${issued}`,
      tokenType: 'Bearer',
      expiresIn,
      refreshToken: valid,
      userId,
      organizationId,
    };
  };
  server.on(login, ({ body }) => {
    if (body.email !== ADA.email || body.password !== ADA.password) throw new Refusal('BAD_CREDENTIALS');
    signedInTo = body.organizationId ?? ADA.organizationId;
    return issue();
  });
  server.on(refresh, ({ body }) => {
    if (body.refreshToken !== valid) throw new Refusal('REFRESH_REJECTED');
    return issue();
  });
  server.on(logout, () => {
    valid = '';
    return undefined;
  });
  server.on(readMe, (): Out<typeof readMe> => ({
    id: ADA.userId,
    email: ADA.email,
    name: 'Ada Martin',
    language: 'en',
    organization: {
      ...OPEN,
      ...(others.find((it) => it.id === signedInTo) ?? LUMEN),
      roles: ['operator'],
    },
  }));
  const organizations = () => [
    { ...OPEN, ...LUMEN, roles: ['operator'] },
    ...others.map((it) => ({ ...OPEN, ...it, roles: ['admin'] })),
  ];
  server.on(listOrganizations, () => ({ items: organizations() }));
  server.on(listMembers, () => ({
    items: [
      {
        userId: id(3),
        email: 'luc@orion.test',
        name: 'Luc Bernard',
        roles: ['operator'],
        joinedAt: '2026-01-02T00:00:00Z',
      },
    ],
    nextCursor: null,
  }));
  return {
    /** No refresh token works any more. */
    revoke: () => {
      valid = '';
      server.tokens.clear();
    },
    /** Access tokens given so far are refused; the refresh token still works. */
    expire: () => server.tokens.clear(),
  };
}
