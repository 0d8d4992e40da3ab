import { createMemoryHistory } from '@tanstack/react-router';
import { expect } from '@jest/globals';
import { cleanup, render, screen, waitFor } from '@testing-library/react/pure';
import userEvent from '@testing-library/user-event';
import { createApp } from '../src/app/create-app';
import { type SessionChannel, type SessionMessage } from '../src/session/session-channel';
import { ContractServer } from './server/contract-server';
import { ADA, people } from './server/people';
import { platform } from './server/platform';

/** Tabs of one browser, without the browser. */
export function tabs() {
  const hearers: ((message: SessionMessage) => void)[] = [];
  return (): SessionChannel => {
    let own: ((message: SessionMessage) => void) | undefined;
    return {
      send: (message) => hearers.filter((it) => it !== own).forEach((hear) => hear(message)),
      listen: (hear) => {
        own = hear;
        hearers.push(hear);
      },
      exclusive: (work) => work(),
    };
  };
}

type Options = NonNullable<Parameters<typeof platform>[1]> & Parameters<typeof people>[1];

/** A local platform that Ada can sign in to. */
export async function startPlatform(options: Options = {}) {
  const server = await new ContractServer().start();
  return { server, ...people(server, options), ...platform(server, options) };
}

/** Opens the app at an address as a browser does. */
export async function openApp({ url }: ContractServer, path = '/', channel = tabs()()) {
  const left: string[] = [];
  const history = createMemoryHistory({ initialEntries: [path] });
  const app = createApp({ baseUrl: url, history, channel, leave: (address) => left.push(address) });
  await app.restore();
  const view = render(app.element);
  await waitFor(() => expect(document.querySelector('h1')).not.toBeNull());
  return { ...app, view, user: userEvent.setup(), left, address: () => history.location.href };
}

/** Signs Ada in where the app asks for it. */
export async function signIn(user: ReturnType<typeof userEvent.setup>, password = ADA.password) {
  await user.type(await screen.findByLabelText('E-mail'), ADA.email);
  await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
}

/** Opens the app at an address as Ada. */
export async function openAsAda(server: ContractServer, path = '/') {
  const app = await openApp(server, path);
  await signIn(app.user);
  await screen.findByRole('navigation', { name: 'Main' });
  return app;
}

/** Closes the tab: the page is gone, and with it what it stored. */
export function closeTab() {
  cleanup();
  window.name = '';
}
