import { each, genuine, type ForgedToken, type Mint } from './token.ts';

const CUTS = 40;

/** A genuine token, cut, bent and put together wrongly. */
export function damaged(mint: Mint): ForgedToken[] {
  const token = genuine(mint);
  const [head = '', body = '', end = ''] = token.split('.');
  const cuts = Array.from({ length: CUTS }, (_, index) => Math.floor((token.length * index) / CUTS));
  const shapes: [string, string][] = [
    ['only dots', '..'],
    ['one dot', '.'],
    ['a word', 'token'],
    ['no signature', `${head}.${body}`],
    ['an empty signature', `${head}.${body}.`],
    ['no body', `${head}..${end}`],
    ['no header', `.${body}.${end}`],
    ['two dots', `${head}..${body}.${end}`],
    ['a dot before', `.${token}`],
    ['a dot after', `${token}.`],
    ['five parts', `${head}.${body}.${end}.${body}.${end}`],
    ['twice', `${token}${token}`],
    ['two tokens', `${token} ${token}`],
    ['two tokens with a comma', `${token},${token}`],
    ['parts in another order', `${body}.${head}.${end}`],
    ['upper case', token.toUpperCase()],
    ['backwards', [...token].reverse().join('')],
    ['in quotes', `"${token}"`],
    ['padded', `${head}=.${body}=.${end}=`],
    ['escaped dots', token.replaceAll('.', '%2E')],
    ['a zero byte', `${token}%00`],
    ['a letter with an accent', `${token}é`],
    ['a letter with an accent inside', token.replace('.', '.é')],
    ['a soft hyphen', token.replace('.', '\u00ad.')],
    ['a line break, escaped', `${token}\\n`],
    ['a header after it', `${token}; role=admin`],
    ['a path', '../../../etc/passwd'],
    ['SQL', "' or '1'='1"],
  ];
  return [
    ...each(
      'cut at',
      cuts.map((cut) => [String(cut), cut]),
      (cut) => token.slice(0, cut),
    ),
    ...each('shape', shapes, (shape) => shape),
    ...flips('header', head, 8, (part) => `${part}.${body}.${end}`),
    ...flips('body', body, 24, (part) => `${head}.${part}.${end}`),
    ...flips('signature', end, 24, (part) => `${head}.${body}.${part}`),
  ];
}

/** One bit changed at places all over a part. */
function flips(name: string, part: string, count: number, join: (part: string) => string): ForgedToken[] {
  const bytes = Buffer.from(part, 'base64url');
  return Array.from({ length: count }, (_, index) => {
    const place = Math.floor((bytes.length * index) / count);
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(place) ^ (1 << (index % 8)), place);
    return { name: `one bit of the ${name}: byte ${place}`, token: join(changed.toString('base64url')) };
  });
}
