import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { confirmEmailChange, forgotPassword, resetPassword, verifyEmail } from '@orion/contracts';
import { screen } from '@testing-library/react/pure';
import { closeTab, openApp, startPlatform } from './open-app';
import { Refusal } from './server/contract-server';

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(async () => {
  closeTab();
  await platform.server.close();
});

describe('links of mails', () => {
  it('are asked for with an address, and nobody is told whether it is known', async () => {
    platform.server.on(forgotPassword, () => undefined);
    const { user } = await openApp(platform.server);
    await user.click(screen.getByRole('link', { name: 'Forgotten your password?' }));
    await user.type(await screen.findByLabelText(/E-mail/), 'ada@orion.test');
    await user.click(screen.getByRole('button', { name: 'Send the link' }));
    expect(await screen.findByRole('status')).toHaveTextContent('If there is an account');
    expect(platform.server.callsOf(forgotPassword)[0]?.body).toEqual({ email: 'ada@orion.test' });
  });

  it('set another password, and say what to do when they do not work any more', async () => {
    platform.server.on(resetPassword, ({ body }) => {
      if (body.token !== 'good') throw new Refusal('LINK_INVALID');
      return undefined;
    });
    const bad = await openApp(platform.server, '/reset-password#token=used');
    await bad.user.type(await screen.findByLabelText(/New password/), 'another long password');
    await bad.user.click(screen.getByRole('button', { name: 'Set the password' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Ask for another one');
    closeTab();
    const { user } = await openApp(platform.server, '/reset-password#token=good');
    await user.type(await screen.findByLabelText(/New password/), 'another long password');
    await user.click(screen.getByRole('button', { name: 'Set the password' }));
    expect(await screen.findByRole('status')).toHaveTextContent('Your password is set');
    expect(platform.server.callsOf(resetPassword).at(-1)?.body).toEqual({
      token: 'good',
      password: 'another long password',
    });
  });

  it('prove an address only when the person says so', async () => {
    platform.server.on(verifyEmail, () => undefined);
    const { user } = await openApp(platform.server, '/verify-email#token=t');
    expect(platform.server.callsOf(verifyEmail)).toHaveLength(0);
    await user.click(await screen.findByRole('button', { name: 'Confirm the address' }));
    expect(await screen.findByRole('status')).toHaveTextContent('Your address is confirmed');
  });

  it.each([
    [false, 'The other address has to confirm'],
    [true, 'Your address has changed'],
  ])('confirm a change of address, made by the second: %s', async (changed, words) => {
    platform.server.on(confirmEmailChange, () => ({ changed }));
    const { user } = await openApp(platform.server, '/confirm-email#token=t');
    await user.click(await screen.findByRole('button', { name: 'Confirm the change' }));
    expect(await screen.findByRole('status')).toHaveTextContent(words);
  });
});
