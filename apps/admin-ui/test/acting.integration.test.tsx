import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endImpersonation, impersonate, logout, type Out, readMe, refresh } from '@orion/contracts';
import { screen, waitFor } from '@testing-library/react/pure';
import { closeTab, openApp, openAsAda, startPlatform, tabs } from './open-app';
import { Refusal } from './server/contract-server';
import { id } from './server/ids';
import { ADA } from './server/people';

const LUC = { userId: id(3), name: 'Luc Bernard', email: 'luc@orion.test' };
const REASON = 'Ticket 4711: cannot see his orders';

/** Tokens of somebody; the access token works from now on. */
function tokensOf(userId: string, accessToken: string, refreshToken = ''): Out<typeof refresh> {
  platform.server.tokens.add(accessToken);
  const { organizationId } = ADA;
  return { accessToken, tokenType: 'Bearer', expiresIn: 600, refreshToken, userId, organizationId };
}

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform();
  platform.server.on(impersonate, () => {
    const expiresAt = '2031-05-05T10:30:00Z';
    return {
      ...tokensOf(LUC.userId, 'as-luc', 'refresh-as-luc'),
      name: LUC.name,
      email: LUC.email,
      expiresAt,
    };
  });
  platform.server.on(endImpersonation, () => undefined);
});
afterEach(async () => {
  closeTab();
  await platform.server.close();
});

const banner = () => screen.findByText('You act for Luc Bernard');
const authorization = () => platform.server.callsOf(readMe).at(-1)?.headers.authorization;

describe('who acts for another member', () => {
  it('is told so on every screen, and is themselves again by one button', async () => {
    const { user, session } = await openAsAda(platform.server);
    await session.actFor(LUC.userId, REASON);
    expect(await banner()).toBeVisible();
    expect(screen.getByText(/Everything you do is recorded under both names/)).toBeVisible();
    expect(platform.server.callsOf(impersonate)[0]?.body).toEqual({ userId: LUC.userId, reason: REASON });
    await waitFor(() => expect(authorization()).toBe('Bearer as-luc'));
    await user.click(screen.getByRole('link', { name: 'Orders' }));
    expect(await screen.findByRole('heading', { name: 'Orders' })).toBeInTheDocument();
    expect(await banner()).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Be yourself again' }));
    await waitFor(() => expect(screen.queryByText('You act for Luc Bernard')).not.toBeInTheDocument());
    const [ended] = platform.server.callsOf(endImpersonation);
    expect(ended?.headers.authorization).toBe('Bearer as-luc');
    expect(session.snapshot()).toEqual({
      status: 'signed-in',
      userId: ADA.userId,
      organizationId: ADA.organizationId,
    });
    await waitFor(() => expect(authorization()).toMatch(/^Bearer access-/));
  });

  it('goes on with the token of the acting, not with their cookie', async () => {
    const { session, queries } = await openAsAda(platform.server);
    await session.actFor(LUC.userId, REASON);
    await banner();
    platform.server.on(refresh, ({ body }) => {
      if (body.refreshToken !== 'refresh-as-luc') throw new Refusal('REFRESH_REJECTED');
      return tokensOf(LUC.userId, 'as-luc-2', 'refresh-as-luc-2');
    });
    platform.server.tokens.delete('as-luc');
    await queries.refetchQueries();
    expect(await banner()).toBeVisible();
    expect(authorization()).toBe('Bearer as-luc-2');
  });

  it('is themselves again where the platform ended it', async () => {
    const { session, queries } = await openAsAda(platform.server);
    await session.actFor(LUC.userId, REASON);
    await banner();
    const own = platform.server.callsOf(refresh).length;
    platform.server.on(refresh, ({ body }) => {
      if (body.refreshToken !== undefined) throw new Refusal('REFRESH_REJECTED');
      return tokensOf(ADA.userId, 'own-again');
    });
    platform.expire();
    await queries.refetchQueries();
    await waitFor(() => expect(screen.queryByText('You act for Luc Bernard')).not.toBeInTheDocument());
    const refreshed = platform.server.callsOf(refresh).slice(own);
    expect(refreshed.map((it) => (it.body as { refreshToken?: string }).refreshToken)).toEqual([
      'refresh-as-luc',
      undefined,
    ]);
    expect(session.snapshot()).toMatchObject({ status: 'signed-in', userId: ADA.userId });
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('is themselves again once the page is loaded anew, and leaves altogether by signing out', async () => {
    const first = await openAsAda(platform.server);
    await first.session.actFor(LUC.userId, REASON);
    await banner();
    first.view.unmount();
    const { session, user } = await openApp(platform.server);
    expect(session.snapshot()).toMatchObject({ userId: ADA.userId });
    await session.actFor(LUC.userId, REASON);
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument();
    expect(platform.server.callsOf(logout).at(-1)?.body).toEqual({ organizationId: ADA.organizationId });
  });

  it('stays so when another tab of theirs signs in, and nobody acts who is not signed in', async () => {
    const browser = tabs();
    const first = await openApp(platform.server, '/', browser());
    await first.session.actFor(LUC.userId, REASON);
    expect(platform.server.callsOf(impersonate)).toHaveLength(0);
    await first.session.signIn({ email: ADA.email, password: ADA.password });
    await first.session.actFor(LUC.userId, REASON);
    const second = await openApp(platform.server, '/', browser());
    await second.session.signIn({ email: ADA.email, password: ADA.password });
    expect(first.session.snapshot()).toMatchObject({ userId: LUC.userId, acting: { name: LUC.name } });
    await first.session.stopActing();
    await first.session.stopActing();
    expect(platform.server.callsOf(endImpersonation)).toHaveLength(1);
  });
});
