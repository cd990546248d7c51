/** Words per minute of an adult who reads to learn. */
const READING_SPEED = 160;

/** Text of a heading or a title without its inline Markdown. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`|~~)/g, '')
    .replace(/(^|\s)[*_](\S.*?)[*_](?=\s|$|[.,:;!?])/g, '$1$2')
    .replace(/\s+/g, ' ')
    .trim();

export interface SplitHeading {
  title: string | null;
  /** The Markdown without that heading. */
  rest: string;
}

/** Takes the first level-one heading (`# …`, or underlined with `=`) out of the Markdown; those inside code are none. */
export function takeFirstHeading(markdown: string): SplitHeading {
  const lines = markdown.split('\n');
  let fence: string | null = null;
  for (const [index, line] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
      continue;
    }
    if (mark) {
      fence = mark;
      continue;
    }
    const atx = /^ {0,3}#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line)?.[1];
    const underlined = line.trim() !== '' && /^ {0,3}=+[ \t]*$/.test(lines[index + 1] ?? '');
    const title = plainText(atx ?? (underlined ? line : ''));
    if (title) return { title, rest: tidy([...lines.slice(0, index), ...lines.slice(index + (underlined ? 2 : 1))]) };
  }
  return { title: null, rest: tidy(lines) };
}

const tidy = (lines: string[]): string => {
  const text = lines.join('\n').replace(/^\n+/, '').trimEnd();
  return text && `${text}\n`;
};

/** Minutes it takes to read the Markdown, at least one. */
export function readingMinutes(markdown: string): number {
  const words = markdown.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return Math.max(1, Math.round(words / READING_SPEED));
}

/** Russian when most letters are Cyrillic, else English. */
export function detectLanguage(text: string): 'en' | 'ru' {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return cyrillic > latin ? 'ru' : 'en';
}
