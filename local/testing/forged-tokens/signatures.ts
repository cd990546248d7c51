import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  claims,
  each,
  encode,
  genuine,
  header,
  named,
  signed,
  withSecret,
  type ForgedToken,
  type Mint,
} from './token.ts';

const NO_ALGORITHM = ['none', 'None', 'NONE', 'nOnE', 'none ', '', null, undefined, 0, ['none'], 'EdDSA,none'];

/** Tokens that claim to need no signature. */
export function unsigned(mint: Mint): ForgedToken[] {
  const [, , signature = ''] = genuine(mint).split('.');
  const signatures: [string, string][] = [
    ['no signature', ''],
    ['the signature of another token', signature],
    ['zeros', encode('\0'.repeat(64))],
  ];
  return signatures.flatMap(([name, end]) =>
    each(`algorithm, with ${name}`, named(NO_ALGORITHM), (alg) =>
      [encode({ ...header(mint), alg }), encode(claims(mint)), end].join('.'),
    ),
  );
}

/** Signed with what everybody knows, the public key, as if it were a secret. */
export function symmetric(mint: Mint): ForgedToken[] {
  const { x, kid } = mint.publicJwk;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const raw = Buffer.from(x, 'base64url');
  const pem = key.export({ type: 'spki', format: 'pem' }).toString();
  const der = key.export({ type: 'spki', format: 'der' });
  const secrets: [string, string | Buffer][] = [
    ['raw', raw],
    ['base64url', x],
    ['base64', raw.toString('base64')],
    ['hex', raw.toString('hex')],
    ['upper hex', raw.toString('hex').toUpperCase()],
    ['PEM', pem],
    ['PEM without its last line break', pem.trim()],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['PEM in one line', pem.replaceAll('\n', '')],
    ['DER', der],
    ['DER in base64', der.toString('base64')],
    ['JWK', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x })],
    ['published JWK', JSON.stringify(mint.publicJwk)],
    ['key id', kid],
    ['nothing', ''],
    ['"secret"', 'secret'],
  ];
  return ['256', '384', '512'].flatMap((bits) => [
    ...each(`HS${bits} with the public key`, secrets, (secret) =>
      withSecret({ ...header(mint), alg: `HS${bits}` }, claims(mint), bits, secret),
    ),
    ...each(`HS${bits} under the name EdDSA`, secrets.slice(0, 6), (secret) =>
      withSecret(header(mint), claims(mint), bits, secret),
    ),
  ]);
}

const OTHER_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS512',
  'Ed448',
  'eddsa',
  'A128GCM',
];

/** Signed, but by whom, and how? */
export function otherKeys(mint: Mint): ForgedToken[] {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const own = publicKey.export({ format: 'jwk' });
  const byMe = (head: object): string => signed(mint, { ...header(mint), ...head }, claims(mint), privateKey);
  const strange = ['', 'unknown', '../../etc/passwd', "' or 1=1 --", '__proto__', 'constructor', 'k'.repeat(2000)];
  return [
    ...each('algorithm', named(OTHER_ALGORITHMS), (alg) => signed(mint, { ...header(mint), alg }, claims(mint))),
    ...each('key id', named([...strange, null, undefined, 1, [], {}, [mint.publicJwk.kid]]), (kid) =>
      signed(mint, { ...header(mint), kid }, claims(mint)),
    ),
    { name: 'another key under the same id', token: byMe({}) },
    { name: 'another key, embedded', token: byMe({ jwk: own }) },
    { name: 'another key, embedded, without an id', token: byMe({ jwk: own, kid: undefined }) },
    { name: 'another key, embedded under its own id', token: byMe({ jwk: { ...own, kid: 'mine' }, kid: 'mine' }) },
    { name: 'another key at an address', token: byMe({ jku: 'http://127.0.0.1:9/jwks.json' }) },
    { name: 'a certificate at an address', token: byMe({ x5u: 'http://127.0.0.1:9/cert.pem' }) },
    { name: 'an embedded certificate', token: byMe({ x5c: [own.x] }) },
    ...each('critical header', named([['exp'], ['b64'], ['x'], [], 'exp', [1], { exp: 1 }]), (crit) =>
      signed(mint, { ...header(mint), crit, b64: false }, claims(mint)),
    ),
  ];
}
