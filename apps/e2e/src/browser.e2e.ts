import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCustomer, createServiceOrder, readServiceOrder } from '@orion/contracts';
import type { Browser, Page } from 'playwright-core';
import { type Account, newAccount } from './support/account';
import { inaccessible, openBrowser, visit, type Visit } from './support/browser';
import { eventually } from './support/eventually';
import { platformUrl } from './support/platform';
import { newWorkplace, orderBody, type Workplace } from './support/workplace';

let browser: Browser;
let tab: Visit;
let page: Page;
let us: Account;
let place: Workplace;

beforeAll(async () => {
  us = await newAccount('Browser');
  place = await newWorkplace(us);
  browser = await openBrowser();
  tab = await visit(browser);
  page = tab.page;
});
afterAll(async () => {
  await browser?.close();
});

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const panel = (name: string | RegExp) => page.getByRole('region', { name });

it('an inaccessible page is noticed', async () => {
  const other = await visit(browser);
  await other.page.setContent('<html><body><input></body></html>');
  expect(await inaccessible(other.page, 'bare')).toContainEqual(expect.stringContaining('label'));
  await other.context.close();
});

describe('an operator in the web app', () => {
  it('is asked to sign in, told when it fails, and let in', async () => {
    await page.goto(`${platformUrl}/orders`);
    await heading('Sign in').waitFor();
    expect(await inaccessible(page, 'sign-in')).toEqual([]);
    await page.getByLabel('E-mail').fill(us.email);
    await page.getByLabel('Password', { exact: true }).fill('a wrong password');
    await button(/^Sign in$/).click();
    await page.getByRole('alert').getByText('E-mail or password is wrong').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(us.email);
    await page.getByLabel('Password', { exact: true }).fill(us.password);
    await button(/^Sign in$/).click();
    await heading('Orders').waitFor();
    expect(new URL(page.url()).pathname).toBe('/orders');
  });

  it('sees on the dashboard what happens, as it happens', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dashboard' }).click();
    await heading('Dashboard').waitFor();
    const feed = panel('Live activity');
    await feed.getByText('Live', { exact: true }).waitFor();
    await feed.getByText('Technician Ana Ruiz joined a work team').waitFor();
    const address = { street: 'Cours Lafayette 2', postalCode: '69003', city: 'Lyon', country: 'FR' };
    await us.client.call(createCustomer, {
      body: { name: 'Atelier Moreau', address: { ...address, place: { latitude: 45.75, longitude: 4.85 } } },
    });
    await feed.getByText('Customer Atelier Moreau added').waitFor({ timeout: 5_000 });
    expect(await inaccessible(page, 'dashboard')).toEqual([]);
  });

  it('finds the order in the list, whose filters stand in the address', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Orders' }).click();
    await heading('Orders').waitFor();
    const table = page.getByRole('table', { name: 'Service orders' });
    await table.getByRole('link', { name: place.order.number }).waitFor();
    const another = await us.client.call(createServiceOrder, {
      body: {
        ...orderBody(place.customerId, place.businessUnitId),
        kind: 'MAINTENANCE',
        title: 'Yearly check',
      },
    });
    await page.getByLabel('Kind').selectOption('MAINTENANCE');
    await table.getByRole('link', { name: another.number }).waitFor();
    expect(await table.getByRole('link', { name: place.order.number }).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('kind')).toBe('MAINTENANCE');
    await button('Clear filters').click();
    await table.getByRole('link', { name: place.order.number }).waitFor();
    expect(await inaccessible(page, 'orders')).toEqual([]);
  });

  it('holds, confirms and assigns, one next step after the other', async () => {
    await page.getByRole('link', { name: place.order.number }).click();
    await heading(place.order.number).waitFor();
    const step = panel(/^Next step/);
    await step
      .getByRole('radio', { name: /technician free/ })
      .first()
      .check({ force: true });
    await step.getByRole('button', { name: /^Hold / }).click();
    await button('Confirm the slot').click();
    await button('Assign Ana Ruiz').click();
    await eventually(async () => {
      const { state } = await us.client.call(readServiceOrder, { params: { id: place.order.id } });
      expect(state).toBe('ASSIGNED');
    });
  });

  it('reads why this technician was chosen, and what has happened', async () => {
    const funnel = panel('Assignment funnel');
    await funnel.getByText('Chosen').waitFor();
    await funnel.getByRole('button', { name: 'Ana Ruiz' }).click();
    await funnel.getByText('Extra driving').waitFor();
    await panel('Timeline')
      .getByText(/Assigned/)
      .first()
      .waitFor();
    expect(await inaccessible(page, 'order')).toEqual([]);
  });

  it('can read what the API offers', async () => {
    await page.goto(`${platformUrl}/api/docs`);
    await page.getByText('Create a service order', { exact: true }).first().waitFor();
  });

  it('never left the host, and nothing broke', () => {
    expect(tab.faults).toEqual([]);
  });
});
