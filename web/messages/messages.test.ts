import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Variants {
  selectors: string[];
  match: Record<string, string>;
}
type Message = string | Variants[];

const read = (locale: string, file: string): Record<string, Message> => {
  const { $schema: _, ...messages } = JSON.parse(
    readFileSync(new URL(`./${locale}/${file}`, import.meta.url), 'utf8'),
  ) as Record<string, Message>;
  return messages;
};

const files = readdirSync(new URL('./en/', import.meta.url));
const textsOf = (message: Message | undefined): string[] =>
  typeof message === 'string' ? [message] : (message ?? []).flatMap(({ match }) => Object.values(match));
const inputsOf = (message: Message | undefined): string[] =>
  [
    ...new Set(textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))),
  ].sort();
const formsOf = (message: Variants[]): string[] =>
  message.flatMap(({ match }) => Object.keys(match).map((key) => key.split('=').at(-1) ?? ''));

describe.each(files)('messages in %s', (file) => {
  const en = read('en', file);
  const ru = read('ru', file);

  it('exist in both languages under the same names', () => {
    expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
  });

  it('take the same inputs in both languages', () => {
    for (const [key, message] of Object.entries(en)) expect([key, inputsOf(ru[key])]).toEqual([key, inputsOf(message)]);
  });

  it('have every plural form that their language knows', () => {
    for (const [key, message] of Object.entries(en)) {
      if (typeof message === 'string') continue;
      const russian = ru[key];
      expect([key, formsOf(message)]).toEqual([key, expect.arrayContaining(['one', 'other'])]);
      expect([key, typeof russian === 'string' ? [] : formsOf(russian ?? [])]).toEqual([
        key,
        expect.arrayContaining(['one', 'few', 'many']),
      ]);
    }
  });

  it('say nothing empty and shout nothing', () => {
    for (const text of [...Object.values(en), ...Object.values(ru)].flatMap(textsOf)) {
      expect(text.trim()).not.toBe('');
      expect(text).not.toContain('!');
    }
  });
});
