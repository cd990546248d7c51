import type { Language } from '@eduplatform/contracts/primitives';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';

/** Language of the page that is being rendered. */
export const locale = (): Language => getLocale();

/** A path of the storefront in the language of this page: `/courses` or `/ru/courses`. */
export const href = (path: string): string => withoutSlash(localizeHref(path));

/** The same page in a given language. */
export const hrefIn = (path: string, language: Language): string =>
  withoutSlash(localizeHref(path, { locale: language }));

/** `/ru/` would be redirected to `/ru`. */
const withoutSlash = (path: string): string => path.replace(/^(\/ru)\/(?=$|[?#])/, '$1');

export const otherLanguage = (language: Language): Language => (language === 'en' ? 'ru' : 'en');
