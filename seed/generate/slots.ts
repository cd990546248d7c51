import { capitalize } from './words.ts';

export type Slots = Readonly<Record<string, string>>;

/** Fills `{name}` slots; one at the start of a sentence is capitalized. Throws RangeError for a slot without a value. */
export const fill = (template: string, slots: Slots): string =>
  template.replace(/([.!?] )?\{(\w+)\}/g, (_, end: string | undefined, name: string, offset: number) => {
    const value = slots[name];
    if (value === undefined) throw new RangeError(`no value for {${name}}`);
    return (end ?? '') + (end || offset === 0 ? capitalize(value) : value);
  });

/** The same as a title or a sentence that begins with a capital. */
export const sentence = (template: string, slots: Slots): string => capitalize(fill(template, slots));
