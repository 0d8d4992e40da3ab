import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { acceptInvitation, previewInvitation, registerInvited } from '@orion/contracts';
import { screen } from '@testing-library/react/pure';
import { closeTab, openApp, openAsAda, startPlatform } from './open-app';
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

const invited = (registered: boolean) =>
  platform.server.on(previewInvitation, ({ body }) => {
    if (body.token !== 'good') throw new Refusal('INVITATION_EXPIRED');
    return {
      organizationName: 'Acme Field',
      email: ADA.email,
      language: 'en' as const,
      expiresAt: '2030-01-01T00:00:00Z',
      registered,
    };
  });

describe('the link of an invitation', () => {
  it('lets somebody without an account make one', async () => {
    invited(false);
    platform.server.on(registerInvited, () => ({ userId: id(8), organizationId: id(9) }));
    const { user } = await openApp(platform.server, '/invitation#good');
    await user.type(await screen.findByLabelText(/Your name/), 'Grace Hopper');
    await user.type(screen.getByLabelText(/Password/), 'a-very-long-password');
    await user.click(screen.getByLabelText(/I accept the terms/));
    await user.click(screen.getByRole('button', { name: 'Create the account' }));
    expect(await screen.findByRole('status')).toHaveTextContent(`Sign in as ${ADA.email}`);
    expect(platform.server.callsOf(registerInvited)[0]?.body).toEqual({
      token: 'good',
      name: 'Grace Hopper',
      password: 'a-very-long-password',
      termsAccepted: true,
    });
  });

  it('asks somebody with an account to sign in first, and then to accept', async () => {
    invited(true);
    platform.server.on(acceptInvitation, () => ({
      userId: ADA.userId,
      email: ADA.email,
      name: 'Ada',
      roles: ['viewer'],
      joinedAt: '2026-01-01T00:00:00Z',
      organizationId: id(9),
    }));
    await openApp(platform.server, '/invitation#good');
    expect(await screen.findByText(/has an account. Sign in with it/)).toBeVisible();
    closeTab();
    await openAsAda(platform.server);
    closeTab();
    const signedIn = await openApp(platform.server, '/invitation#good');
    await signedIn.user.click(await screen.findByRole('button', { name: 'Accept the invitation' }));
    expect(await screen.findByRole('status')).toHaveTextContent('You are a member of Acme Field');
    expect(platform.server.callsOf(acceptInvitation)[0]?.body).toEqual({ token: 'good' });
  });

  it('says what is wrong where it cannot be accepted', async () => {
    invited(false);
    await openApp(platform.server, '/invitation#late');
    expect(await screen.findByRole('alert')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create the account' })).toBeNull();
  });
});
