import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beginPasskeyLogin, login, passkeyLogin } from '@orion/contracts';
import { screen, waitFor } from '@testing-library/react/pure';
import { closeTab, openApp, openAsAda, signIn, startPlatform } from './open-app';
import { PasskeyDevice } from './passkey-device';
import { Refusal } from './server/contract-server';
import { id } from './server/ids';
import { ADA } from './server/people';

const CHALLENGE = Buffer.from('a challenge of thirty-two bytes!').toString('base64url');
const BUTTON = { name: 'Sign in with a passkey' };

let platform: Awaited<ReturnType<typeof startPlatform>>;
let device: PasskeyDevice;

async function start(options: Parameters<typeof startPlatform>[0] = {}) {
  platform = await startPlatform(options);
  const asked = {
    challenge: CHALLENGE,
    timeout: 1,
    rpId: 'orion.test',
    userVerification: 'required' as const,
  };
  platform.server.on(beginPasskeyLogin, () => asked);
  platform.server.on(passkeyLogin, ({ body }) => {
    const { clientDataJSON } = body.credential.response;
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    if (challenge !== CHALLENGE) throw new Refusal('PASSKEY_REFUSED');
    return platform.tokens(body.organizationId);
  });
}

beforeEach(async () => {
  device = new PasskeyDevice();
  device.plugIn();
  await start();
});
afterEach(async () => {
  closeTab();
  device.unplug();
  await platform.server.close();
});

describe('signing in with a passkey', () => {
  it('needs one press, and leads to where one wanted to go', async () => {
    const { user, address } = await openApp(platform.server, '/orders');
    await user.click(screen.getByRole('button', BUTTON));
    expect(await screen.findByRole('heading', { level: 1, name: 'Orders' })).toBeInTheDocument();
    expect(address()).toBe('/orders');
    expect(device.asked).toMatchObject([{ rpId: 'orion.test', userVerification: 'required' }]);
    expect(platform.server.callsOf(passkeyLogin)[0]?.body).toMatchObject({
      credential: { id: Buffer.from('credential').toString('base64url'), type: 'public-key' },
      remember: false,
    });
    expect(platform.server.callsOf(login)).toEqual([]);
  });

  it('lasts as long as was asked for', async () => {
    const { user } = await openApp(platform.server);
    await user.click(screen.getByLabelText('Stay signed in on this device'));
    await user.click(screen.getByRole('button', BUTTON));
    await screen.findByText('Needs you now');
    expect(platform.server.callsOf(passkeyLogin)[0]?.body).toMatchObject({ remember: true });
  });

  it('that the person breaks off says so, keeps what was typed, and can be tried again', async () => {
    const { user } = await openApp(platform.server);
    await user.type(screen.getByLabelText('E-mail'), ADA.email);
    device.closes = true;
    await user.click(screen.getByRole('button', BUTTON));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('No passkey was used');
    expect(alert).toHaveFocus();
    expect(screen.getByLabelText('E-mail')).toHaveValue(ADA.email);
    expect(platform.server.callsOf(passkeyLogin)).toEqual([]);
    device.closes = false;
    await user.click(screen.getByRole('button', BUTTON));
    expect(await screen.findByText('Needs you now')).toBeInTheDocument();
  });

  it('that is refused says what to do next', async () => {
    const { user } = await openApp(platform.server);
    platform.server.on(passkeyLogin, () => {
      throw new Refusal('PASSKEY_REFUSED');
    });
    await user.click(screen.getByRole('button', BUTTON));
    expect(await screen.findByRole('alert')).toHaveTextContent('Choose another one');
  });

  it('is what a password alone is answered with where the organization asks for it', async () => {
    const { user } = await openApp(platform.server);
    platform.server.on(login, () => {
      throw new Refusal('PASSKEY_REQUIRED');
    });
    await signIn(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('Choose “Sign in with a passkey”');
  });

  it('is not offered by a browser that knows none', async () => {
    device.unplug();
    await openApp(platform.server);
    expect(screen.queryByRole('button', BUTTON)).not.toBeInTheDocument();
  });

  it('asks a person of several organizations which one this is for', async () => {
    await platform.server.close();
    const other = { id: id(9), name: 'Night Shift Ltd', slug: 'night', createdAt: '2026-02-01T00:00:00Z' };
    await start({ others: [other] });
    const { user } = await openApp(platform.server);
    await user.click(screen.getByRole('button', BUTTON));
    await user.click(await screen.findByRole('radio', { name: 'Night Shift Ltd' }));
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByText('Night Shift Ltd')).toBeInTheDocument();
    const last = platform.server.callsOf(passkeyLogin).at(-1);
    expect(last?.body).toMatchObject({ organizationId: other.id });
  });

  it('takes up a session that ended, over the page, for the same organization', async () => {
    const { user, queries } = await openAsAda(platform.server, '/orders');
    await screen.findByRole('heading', { level: 1, name: 'Orders' });
    platform.revoke();
    void queries.refetchQueries();
    await screen.findByRole('dialog', { name: 'Your session has ended' });
    await user.click(screen.getByRole('button', BUTTON));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const last = platform.server.callsOf(passkeyLogin).at(-1);
    expect(last?.body).toMatchObject({ organizationId: ADA.organizationId });
  });
});
