import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { platformUrl } from './platform';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 375, height: 812 };

export interface Visit {
  page: Page;
  /** What went wrong in the page: errors, what its security policy blocked, requests to other hosts. */
  faults: string[];
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['ORION_CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });

/** A tab of a browser that keeps account of what goes wrong in it. */
export async function visit(browser: Browser): Promise<Visit & { context: BrowserContext }> {
  const context = await browser.newContext({ viewport: DESK, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`));
  page.on('console', (message) => {
    const refusedCall = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !refusedCall) faults.push(`said in the console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== platformUrl) faults.push(`request to ${origin}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.url()} answered ${response.status()}`);
  });
  return { context, page, faults };
}

async function violations(page: Page, where: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  return found.map(
    (it) => `${where}: ${it.id}, ${it.help}: ${it.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}

const LOOKS = [
  { scheme: 'light', size: PHONE },
  { scheme: 'light', size: DESK },
  { scheme: 'dark', size: DESK },
] as const;

async function look(page: Page, { scheme, size }: (typeof LOOKS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.evaluate((it) => document.documentElement.setAttribute('data-mantine-color-scheme', it), scheme);
  await page.setViewportSize(size);
}

/** What WCAG 2.2 AA finds wrong with the page as it stands, light and dark, on a desk and on a phone. */
export async function inaccessible(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const it of LOOKS) {
    await look(page, it);
    found.push(...(await violations(page, `${name}, ${it.scheme}, ${it.size.width} px`)));
  }
  await look(page, { scheme: 'light', size: DESK });
  return found;
}
