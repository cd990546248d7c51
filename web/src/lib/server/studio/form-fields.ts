import type { PatchCourseBody, StudioLesson } from '@eduplatform/contracts/http/studio';
import { linesOf } from '../../studio/lines.ts';
import { parsePrice } from '../../studio/price.ts';

/**
 * The fields that a form of the studio sends, as the write API takes them. A field that is absent stays as it is.
 * Browsers send line breaks of text areas as CR LF; drafts hold LF.
 */
export function courseFields(form: FormData): PatchCourseBody {
  const text = (name: keyof PatchCourseBody) => lastText(form, name);
  const outcomes = text('outcomes');
  return withoutUndefined({
    title: text('title'),
    subtitle: text('subtitle'),
    slug: text('slug'),
    descriptionMd: text('descriptionMd'),
    // The write API checks these three against its lists.
    language: text('language') as PatchCourseBody['language'],
    level: text('level') as PatchCourseBody['level'],
    category: text('category'),
    outcomes: outcomes === undefined ? undefined : linesOf(outcomes),
    price: priceOf(form),
  }) as PatchCourseBody;
}

export function lessonFields(form: FormData): Partial<Omit<StudioLesson, 'id'>> {
  const minutes = lastText(form, 'durationMinutes');
  // A checkbox that is off sends nothing, so a hidden field in front of it says "false".
  const isFreePreview = lastText(form, 'isFreePreview');
  return withoutUndefined({
    title: lastText(form, 'title'),
    bodyMd: lastText(form, 'bodyMd'),
    isFreePreview: isFreePreview === undefined ? undefined : isFreePreview === 'true',
    durationMinutes: minutes === undefined ? undefined : numberOf(minutes),
  });
}

/** The draft version that a form is based on. An absent or odd one becomes 0, which no draft has. */
export function versionField(form: FormData): number {
  const version = Number(lastText(form, 'version') ?? '');
  return Number.isSafeInteger(version) && version > 0 ? version : 0;
}

/** The text of a field; the last one where there are several. */
export function lastText(form: FormData, name: string): string | undefined {
  const value = form.getAll(name).at(-1);
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : undefined;
}

/** The price that the form names; undefined where it names none. */
function priceOf(form: FormData): PatchCourseBody['price'] {
  const amount = lastText(form, 'priceAmount');
  if (amount === undefined) return undefined;
  const currency = lastText(form, 'priceCurrency') ?? '';
  return parsePrice(amount, /^[A-Z]{3}$/.test(currency) ? currency : 'USD');
}

/** NaN, which JSON sends as null, for what is not a number: the write API then names the field. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
