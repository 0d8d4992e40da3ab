import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { completeSignOn, startSignOn } from '@orion/contracts';
import { screen } from '@testing-library/react/pure';
import { closeTab, openApp, startPlatform } from './open-app';
import { Refusal } from './server/contract-server';
import { ADA } from './server/people';

const PROVIDER = 'https://accounts.example.org/authorize?state=s';

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform();
  platform.server.on(startSignOn, ({ body }) => {
    if (body.email !== ADA.email) throw new Refusal('NO_SINGLE_SIGN_ON');
    return { authorizationUrl: PROVIDER, attempt: 'of-this-tab' };
  });
  platform.server.on(completeSignOn, ({ body }) => {
    if (body.attempt !== 'of-this-tab' || body.code !== 'good') throw new Refusal('SIGN_ON_FAILED');
    return platform.tokens();
  });
});
afterEach(async () => {
  closeTab();
  sessionStorage.clear();
  await platform.server.close();
});

async function toProvider(email: string, path = '/orders') {
  const app = await openApp(platform.server, path);
  await app.user.click(await screen.findByRole('link', { name: /organization’s provider/ }));
  await app.user.type(await screen.findByLabelText(/E-mail/), email);
  await app.user.click(screen.getByRole('button', { name: 'Continue' }));
  return app;
}

describe('single sign-on', () => {
  it('leads to the provider and back to where one wanted to go', async () => {
    const { left, address } = await toProvider(ADA.email);
    expect(await screen.findByRole('button', { name: /Taking you to your provider/ })).toBeVisible();
    expect(left).toEqual([PROVIDER]);
    expect(address()).not.toContain('of-this-tab');
    closeTab();

    const back = await openApp(
      platform.server,
      '/sign-in/sso?code=good&state=s&iss=https%3A%2F%2Faccounts.example.org',
    );
    expect(await screen.findByRole('heading', { level: 1, name: 'Orders' })).toBeVisible();
    expect(back.address()).toBe('/orders');
    expect(platform.server.callsOf(completeSignOn)[0]?.body).toMatchObject({
      ...{ attempt: 'of-this-tab', code: 'good', state: 's', iss: 'https://accounts.example.org' },
      remember: false,
    });
  });

  it('says that an address has no provider, and keeps it', async () => {
    const { left } = await toProvider('ada@elsewhere.test');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Check the address, or sign in with your password',
    );
    expect(screen.getByLabelText(/E-mail/)).toHaveValue('ada@elsewhere.test');
    expect(left).toEqual([]);
  });

  it('takes nobody in whom another tab sent to a provider', async () => {
    await openApp(platform.server, '/sign-in/sso?code=good&state=s');
    expect(await screen.findByRole('alert')).toHaveTextContent('Begin again in this tab');
    expect(platform.server.callsOf(completeSignOn)).toHaveLength(0);
  });

  it('says why the provider’s answer was not enough, and begins again', async () => {
    await toProvider(ADA.email);
    await screen.findByRole('button', { name: /Taking you/ });
    closeTab();
    const { user } = await openApp(platform.server, '/sign-in/sso?code=bad&state=s');
    expect(await screen.findByRole('alert')).toHaveTextContent('You are not signed in yet');
    await user.click(screen.getByRole('link', { name: 'Begin again' }));
    expect(await screen.findByLabelText(/E-mail/)).toBeVisible();
  });

  it('says that the provider refused', async () => {
    await openApp(platform.server, '/sign-in/sso?error=access_denied&state=s');
    expect(await screen.findByRole('alert')).toHaveTextContent('Your provider did not sign you in');
  });
});
