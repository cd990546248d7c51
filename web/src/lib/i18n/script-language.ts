import type { Language } from '@eduplatform/contracts/primitives';

/** Language of a text as its letters tell it: lesson documents do not name theirs. */
export const scriptLanguage = (text: string): Language => (/\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en');
