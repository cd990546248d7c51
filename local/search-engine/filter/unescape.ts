const SIMPLE: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

const ESCAPE = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{1,3})|([^]))|\\$/gu;

/** Resolves backslash escapes of a quoted value; null when one of them is not known. */
export function unescape(text: string): string | null {
  if (!text.includes('\\')) return text;
  let valid = true;
  const result = text.replace(
    ESCAPE,
    (_all, braced?: string, four?: string, two?: string, octal?: string, simple?: string) => {
      const code = braced ?? four ?? two;
      if (code !== undefined || octal !== undefined) {
        const point = code === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(code, 16);
        if (point <= 0x10ffff) return String.fromCodePoint(point);
      }
      const plain = simple === undefined ? undefined : SIMPLE[simple];
      if (plain === undefined) valid = false;
      return plain ?? '';
    },
  );
  return valid ? result : null;
}
