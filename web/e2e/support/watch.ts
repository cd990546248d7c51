import type { BrowserContext } from 'playwright-core';

/** What a visitor's pages did that they should not have done. */
export interface Watch {
  /** Errors in the console, uncaught exceptions and refusals of the content security policy. */
  errors: string[];
  /** Requests to any other origin. */
  foreignRequests: string[];
}

/** Browsers log every answer of 400 and more; whether those are right is for the tests to say. */
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d/;

/** Begins to watch all pages of a context. */
export async function watch(context: BrowserContext, baseUrl: string): Promise<Watch> {
  const errors: string[] = [];
  const foreignRequests: string[] = [];
  const origin = new URL(baseUrl).origin;

  await context.exposeFunction('reportViolation', (violation: string) => errors.push(violation));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation;
      report(`CSP ${effectiveDirective}: ${blockedURI} (${sourceFile} on ${location.pathname})`);
    });
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) foreignRequests.push(request.url());
  });
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !EXPECTED.test(text)) errors.push(`console: ${text} (${message.page()?.url()})`);
  });
  context.on('weberror', (error) => errors.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  return { errors, foreignRequests };
}
