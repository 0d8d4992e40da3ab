import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { login, loginEnrol, loginSecondFactor, readOverview } from '@orion/contracts';
import { screen, waitFor } from '@testing-library/react/pure';
import { closeTab, openApp, openAsAda, signIn, startPlatform, tabs } from './open-app';
import { Refusal } from './server/contract-server';
import { id } from './server/ids';
import { ADA } from './server/people';

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(async () => {
  closeTab();
  await platform.server.close();
});

describe('signing in', () => {
  it('refuses a wrong password with what to do next, and keeps what was typed', async () => {
    const { user } = await openApp(platform.server);
    await signIn(user, 'not-the-password');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('E-mail or password is wrong');
    expect(alert).toHaveFocus();
    expect(screen.getByLabelText('E-mail')).toHaveValue(ADA.email);
    expect(screen.getByLabelText('Password')).toHaveValue('not-the-password');
  });

  it('answers an unknown address with the same words', async () => {
    const { user } = await openApp(platform.server);
    await user.type(screen.getByLabelText('E-mail'), 'nobody@orion.test');
    await user.type(screen.getByLabelText('Password'), 'whatever-it-is');
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('E-mail or password is wrong');
  });

  it('names a field that is missing before anything is sent', async () => {
    const { user } = await openApp(platform.server);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText(/Enter your e-mail address/)).toBeVisible();
    expect(screen.getByText('Enter your password')).toBeVisible();
    expect(platform.server.callsOf(login)).toHaveLength(0);
  });

  it('says when too many people sign in, or when one is a member of nothing', async () => {
    const { user } = await openApp(platform.server);
    platform.server.on(login, () => {
      throw new Refusal('BUSY');
    });
    await signIn(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('Wait a few seconds');
    platform.server.on(login, () => {
      throw new Refusal('NO_MEMBERSHIP');
    });
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Ask an admin'));
  });

  it('says that the platform cannot be reached', async () => {
    const { user } = await openApp(platform.server);
    await platform.server.close();
    await signIn(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('The platform cannot be reached');
    platform = await startPlatform();
  });

  it('leads to where one wanted to go, with the name of the organization around it', async () => {
    const { user, address } = await openApp(platform.server, '/orders?state=CREATED');
    expect(address()).toBe('/sign-in?returnTo=%2Forders%3Fstate%3DCREATED');
    await signIn(user);
    expect(await screen.findByRole('heading', { level: 1, name: 'Orders' })).toBeInTheDocument();
    expect(address()).toBe('/orders?state=CREATED');
    expect(await screen.findByText('Lumen Field Services')).toBeInTheDocument();
    expect(document.title).toBe('Orders · Orion');
  });
});

describe('a person of several organizations', () => {
  it('is asked which one this is for', async () => {
    await platform.server.close();
    const other = { id: id(9), name: 'Night Shift Ltd', slug: 'night', createdAt: '2026-02-01T00:00:00Z' };
    platform = await startPlatform({ others: [other] });
    const { user } = await openApp(platform.server);
    await signIn(user);
    await user.click(await screen.findByRole('radio', { name: 'Night Shift Ltd' }));
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('heading', { name: 'Dashboard' })).toBeInTheDocument();
    expect(await screen.findByText('Night Shift Ltd')).toBeInTheDocument();
    expect(platform.server.callsOf(login).at(-1)?.body).toMatchObject({ organizationId: other.id });
  });
});

describe('a session', () => {
  it('is taken up after the page is loaded again, and ends with signing out', async () => {
    const first = await openAsAda(platform.server);
    first.view.unmount();
    const { user, address } = await openApp(platform.server, '/orders');
    expect(await screen.findByRole('heading', { name: 'Orders' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument();
    expect(address()).toMatch(/^\/sign-in/);
  });

  it('leaves nothing in the storage of the browser', async () => {
    await openAsAda(platform.server);
    await screen.findByText('Needs you now');
    for (const storage of [window.sessionStorage, window.localStorage]) {
      expect(JSON.stringify({ ...storage })).not.toMatch(/refresh|access|token/i);
    }
    expect(window.name).toBe(`orion ${ADA.organizationId}`);
  });

  it('lasts as long as was asked for', async () => {
    const { user } = await openApp(platform.server);
    await user.click(screen.getByLabelText('Stay signed in on this device'));
    await signIn(user);
    await screen.findByText('Needs you now');
    expect(platform.server.callsOf(login)[0]?.body).toMatchObject({ remember: true });
  });

  it('exchanges a refused token once, however many calls were refused, and nobody notices', async () => {
    const { queries } = await openAsAda(platform.server);
    await screen.findByText('Needs you now');
    platform.expire();
    const before = platform.server.heard.filter(({ id }) => id === 'auth.refresh').length;
    await queries.refetchQueries();
    const after = platform.server.heard.filter(({ id }) => id === 'auth.refresh').length;
    expect(after - before).toBe(1);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('that ended is signed in to again over the page, which keeps its place', async () => {
    const { user, queries, address } = await openAsAda(platform.server, '/orders?q=boiler');
    await user.type(await screen.findByLabelText('Search'), ' F28');
    platform.revoke();
    void queries.refetchQueries();
    expect(await screen.findByRole('dialog', { name: 'Your session has ended' })).toBeInTheDocument();
    const fields = screen.getAllByLabelText('E-mail');
    await user.type(fields[0] as HTMLElement, ADA.email);
    await user.type(screen.getByLabelText('Password'), ADA.password);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByLabelText('Search')).toHaveValue('boiler F28');
    expect(address()).toContain('/orders?q=boiler');
  });

  it('is shared with a new tab, which leaves when the first one does', async () => {
    const channel = tabs();
    const first = await openApp(platform.server, '/', channel());
    await signIn(first.user);
    await screen.findByText('Needs you now');
    window.name = '';
    const second = await openApp(platform.server, '/orders', channel());
    expect(second.session.snapshot().status).toBe('signed-in');
    await second.session.signOut();
    expect(first.session.snapshot().status).toBe('signed-out');
  });

  it('asks for a fresh token before the old one ends', async () => {
    await platform.server.close();
    closeTab();
    platform = await startPlatform({ expiresIn: 31 });
    await openAsAda(platform.server);
    const exchanges = () => platform.server.heard.filter(({ id }) => id === 'auth.refresh').length;
    const before = exchanges();
    await waitFor(() => expect(exchanges()).toBeGreaterThan(before));
    expect(platform.server.callsOf(readOverview).length).toBeGreaterThan(0);
  });
});

describe('a second step', () => {
  it('asks for a code, keeps asking while it is wrong, and lets in', async () => {
    const { user } = await openApp(platform.server);
    platform.server.on(login, () => {
      throw new Refusal('SECOND_FACTOR_REQUIRED', { challenge: 'challenge', setUp: true });
    });
    const issue = platform.tokens;
    platform.server.on(loginSecondFactor, ({ body }) => {
      if (body.code !== '123456' || body.challenge !== 'challenge') throw new Refusal('CODE_WRONG');
      return issue();
    });
    await signIn(user);
    const field = await screen.findByLabelText(/Code of your authenticator/);
    await user.type(field, '000000');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Wait for the next code');
    await user.clear(field);
    await user.type(field, '123456');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByText('Needs you now')).toBeInTheDocument();
  });

  it('sets up an authenticator where the organization asks for one', async () => {
    const { user } = await openApp(platform.server);
    platform.server.on(login, () => {
      throw new Refusal('SECOND_FACTOR_REQUIRED', { challenge: 'challenge', setUp: false });
    });
    platform.server.on(loginEnrol, () => ({ secret: 'GEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/x' }));
    await signIn(user);
    expect(await screen.findByText('GEZDGNBVGY3TQOJQ')).toBeVisible();
    expect(screen.getByLabelText(/First code of your authenticator/)).toBeVisible();
  });
});
