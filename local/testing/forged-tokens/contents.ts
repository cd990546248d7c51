import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@eduplatform/contracts/tokens';
import { claims, each, header, named, signed, type ForgedToken, type Mint } from './token.ts';

const YEAR = 365 * 24 * 3600;

/** What each claim must not be, although the signature is genuine. */
function wrongClaims(): Record<string, unknown[]> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: [undefined, null, '', 'other', `${TOKEN_ISSUER} `, TOKEN_ISSUER.toUpperCase(), 1, {}, [], ['other']],
    aud: [undefined, null, '', 'other', `${TOKEN_AUDIENCE}s`, TOKEN_AUDIENCE.toUpperCase(), 1, {}, [], ['other']],
    exp: [undefined, null, now - 1, now - YEAR, 0, -1, '', String(now + YEAR), true, {}, [now + YEAR]],
    nbf: [now + 60, now + YEAR, 'never', {}],
    iat: [undefined, null, 'now', true, {}],
    sub: [undefined, null, '', 1, true, {}, [], ['admin']],
    role: [undefined, null, '', 'root', 'Admin', ' admin', 1, true, {}, ['admin'], '*'],
    name: [undefined, null, 1, {}],
  };
}

/** Genuine signatures under what no sign-in says. */
export function wrongContents(mint: Mint): ForgedToken[] {
  const spoiled = Object.entries(wrongClaims()).flatMap(([claim, values]) =>
    each(`claim ${claim}`, named(values), (value) => signed(mint, header(mint), { ...claims(mint), [claim]: value })),
  );
  const bodies = ['', 'null', '[]', '"admin"', '1', '{', 'true', '{}', `{"__proto__":${JSON.stringify(claims(mint))}}`];
  return [
    ...spoiled,
    ...each('body', named(bodies), (body) => signed(mint, header(mint), body)),
    ...each('header', named(['', 'null', '[]', '"EdDSA"', '{', '{}']), (head) => signed(mint, head, claims(mint))),
    ...each(
      'size',
      [5_000, 20_000, 100_000].map((size) => [String(size), size] as [string, number]),
      (size) => signed(mint, header(mint), { ...claims(mint), filler: 'x'.repeat(size) }),
    ),
    {
      name: 'deeply nested',
      token: signed(mint, header(mint), `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`),
    },
  ];
}
