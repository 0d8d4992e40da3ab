import {
  CSRF_HEADER,
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

/** Signing in as Ada, exchanging tokens, leaving. Refresh tokens in bodies work once, cookies until one leaves. */
export function people(server: ContractServer, { expiresIn = 600, others = [] as Named[] } = {}) {
  let issued = 0;
  let signedInTo = ADA.organizationId;
  /** Refresh tokens in bodies that work, with their organization. */
  const shown = new Map<string, string>();
  /** What the browser holds in cookies: organizations, the newest sign-in last. */
  const cookies = new Set<string>();
  const issue = (organizationId: string, refreshToken = ''): z.input<typeof Tokens> => {
    issued += 1;
    signedInTo = organizationId;
    const accessToken = `access-${issued}`;
    server.tokens.add(accessToken);
    return { accessToken, tokenType: 'Bearer', expiresIn, refreshToken, userId: ADA.userId, organizationId };
  };
  const inBody = (organizationId: string) => {
    const refreshToken = `refresh-${issued + 1}`;
    shown.set(refreshToken, organizationId);
    return issue(organizationId, refreshToken);
  };
  server.on(login, ({ body }) => {
    if (body.email !== ADA.email || body.password !== ADA.password) throw new Refusal('BAD_CREDENTIALS');
    return inBody(body.organizationId ?? ADA.organizationId);
  });
  server.on(refresh, ({ body, headers }) => {
    if (headers[CSRF_HEADER] === undefined) throw new Refusal('CROSS_SITE_REFUSED');
    const { refreshToken = '' } = body;
    const moved = shown.get(refreshToken);
    const organizationId = moved ?? body.organizationId ?? [...cookies].at(-1);
    if (moved && shown.delete(refreshToken)) cookies.add(moved);
    if (organizationId === undefined || !cookies.has(organizationId)) throw new Refusal('REFRESH_REJECTED');
    return issue(organizationId);
  });
  server.on(logout, ({ body }) => {
    shown.delete(body.refreshToken ?? '');
    cookies.delete(body.organizationId ?? '');
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
    /** As a sign-in gives them. */
    tokens: (organizationId: string = ADA.organizationId) => inBody(organizationId),
    /** No refresh token works any more. */
    revoke: () => {
      cookies.clear();
      server.tokens.clear();
    },
    /** Access tokens given so far are refused; the refresh token still works. */
    expire: () => server.tokens.clear(),
  };
}
