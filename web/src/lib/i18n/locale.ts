import type { Language } from '@eduplatform/contracts/primitives';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';

/** Language of the page that is being rendered. */
export const locale = (): Language => getLocale();

/** A path of the storefront in the language of this page: `/courses` or `/ru/courses`. */
export const href = (path: string): string => localizeHref(path);

/** The same page in a given language. */
export const hrefIn = (path: string, language: Language): string => localizeHref(path, { locale: language });

export const otherLanguage = (language: Language): Language => (language === 'en' ? 'ru' : 'en');
