import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addSignOnDomain, listUsers, setSingleSignOn, verifySignOnDomain } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { type Account, newAccount } from './support/account';
import { inaccessible, openBrowser, visit } from './support/browser';
import { platformUrl, provider } from './support/platform';

const domain = `d${randomUUID().slice(0, 8)}.example`;
const email = `grace.hopper@${domain}`;

let browser: Browser;
let page: Page;
let us: Account;

beforeAll(async () => {
  us = await newAccount('Keeper');
  browser = await openBrowser();
  ({ page } = await visit(browser));
});
afterAll(async () => {
  await browser?.close();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('an organization with a provider of its own', () => {
  it('proves its domain and sets the provider', async () => {
    const { id, recordName, record } = await us.client.call(addSignOnDomain, { body: { domain } });
    const body = JSON.stringify({ name: recordName, texts: [record] });
    await fetch(`${provider().issuer}/records`, { method: 'PUT', body });
    const verified = await us.client.call(verifySignOnDomain, { params: { id } });
    expect(verified.verifiedAt).not.toBeNull();
    const set = await us.client.call(setSingleSignOn, {
      body: { ...provider(), createMembers: true, defaultRole: 'operator' },
    });
    expect(set.redirectUri).toBe(`${platformUrl}/sign-in/sso`);
  });

  it('signs somebody new in by it, in the browser, and takes them where they wanted to go', async () => {
    await page.goto(`${platformUrl}/orders`);
    await page.getByRole('link', { name: /organization’s provider/ }).click();
    await page.getByLabel('E-mail').waitFor();
    expect(await inaccessible(page, 'single sign-on')).toEqual([]);
    await page.getByLabel('E-mail').fill(email);
    await button('Continue').click();

    await page.waitForURL(`${provider().issuer}/**`);
    await page.locator('input[name=login]').fill(email);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]', { hasText: 'Continue' }).click();

    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/orders');
    const { items } = await us.client.call(listUsers, { query: {} });
    expect(items).toContainEqual(
      expect.objectContaining({ email, name: 'Grace Hopper', roles: ['operator'], state: 'ACTIVE' }),
    );
  });

  it('keeps the session across a reload', async () => {
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
  });
});
