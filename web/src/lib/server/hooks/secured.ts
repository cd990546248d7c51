import type { Handle } from '@sveltejs/kit/hooks';

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Video hosts refuse to play without a referrer; they learn the origin, never the page.
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
};

/** Security headers beside the content security policy, which the bundler's configuration names. */
export const secured: Handle = async ({ event, resolve }) => {
  const answer = await resolve(event);
  // Some answers (redirects, fetched ones) have headers that cannot be changed.
  const response = new Response(answer.body, answer);
  // A page may be stricter: those whose address holds a secret never send it as a referrer.
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  response.headers.set('x-request-id', event.locals.requestId);
  if (event.url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000');
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
  return response;
};
