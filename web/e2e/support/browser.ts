import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { which } from '@eduplatform/local/platform/which';
import { watch, type Watch } from './watch.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium to drive: CHROMIUM_PATH, else the first on PATH; undefined when there is none. */
export const chromiumPath = (): string | undefined =>
  process.env.CHROMIUM_PATH || which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome');

/** A visitor of their own cookies, with everything that went wrong on their pages. */
export interface Visitor extends Watch {
  page: Page;
  context: BrowserContext;
  /** Opens a path of the storefront. */
  open(path: string): Promise<void>;
}

/** One browser for a test file; `visit` opens it for somebody new. To be called at the top of the file. */
export function useBrowser(): (options?: BrowserContextOptions) => Promise<Visitor> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const executablePath = chromiumPath();
    if (!executablePath) throw new Error('there is no Chromium: install it, or set CHROMIUM_PATH to its program');
    browser = await chromium.launch({ executablePath, headless: true, args: ARGS });
  });
  afterAll(async () => browser?.close());

  return async (options = {}) => {
    if (!browser) throw new Error('the browser has not started');
    const baseURL = options.baseURL ?? inject('baseUrl');
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options, baseURL });
    context.setDefaultTimeout(20_000);
    const watched = await watch(context, baseURL);
    const page = await context.newPage();
    return {
      ...watched,
      page,
      context,
      open: async (path) => {
        const answer = await page.goto(path);
        if (answer && answer.status() >= 500) throw new Error(`${path} answered ${answer.status()}`);
      },
    };
  };
}
