/**
 * Where to go after signing in: a path of this site, or the fallback. A link from elsewhere must not be able to send
 * somebody away with it.
 */
export function safeNext(next: string | null, fallback: string): string {
  if (!next || !next.startsWith('/') || /[\\\u0000-\u001f]/.test(next)) return fallback;
  const base = 'http://storefront.invalid';
  if (!URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  // Dots that are taken out can leave two slashes at the start, which name another host: "/.//evil.example".
  const isHere = url.origin === base && !url.pathname.startsWith('//');
  return isHere ? url.pathname + url.search + url.hash : fallback;
}
