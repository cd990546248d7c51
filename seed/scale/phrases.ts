import type { Language } from '@eduplatform/contracts/primitives';

/** Sentences beside those of the demo's lessons: {c} the concept, {tool} something to work with. */
export const TIPS: Record<Language, readonly string[]> = {
  en: [
    'Set a timer: a quarter of an hour on {c} is enough for one day.',
    'Say out loud what you are about to do, and only then do it.',
    'When in doubt, go back to the last example that worked.',
    'Change one thing at a time, and write down which.',
    'Show your first attempt to somebody: explaining {c} finds half of the mistakes.',
    'Work with {tool} for a week before you buy anything else.',
  ],
  ru: [
    'Поставьте таймер: четверти часа в день на тему «{c}» достаточно.',
    'Скажите вслух, что собираетесь сделать, и только потом делайте.',
    'Сомневаетесь — вернитесь к последнему примеру, который получился.',
    'За один раз меняйте что-то одно и записывайте, что именно.',
    'Покажите первую попытку кому-нибудь: пока объясняете, найдёте половину ошибок.',
  ],
};

/** The word that makes a quotation a callout (see the write API's Markdown). */
export const TIP: Record<Language, string> = { en: 'Tip', ru: 'Совет' };

/** What reviewers say of this course rather than of any: {t} its topic, {c} one of its concepts. By stars. */
export const REVIEWS: Record<Language, Record<1 | 2 | 3 | 4 | 5, readonly string[]>> = {
  en: {
    5: [
      'I finally understand {c}.',
      'The lesson on {c} alone was worth my evening.',
      'I recommend this to everyone who has given up on {t} before.',
      'After the part about {c} everything fell into place.',
    ],
    4: [
      'Very clear on {c}; I would have liked a second example.',
      'A good way into {t}. The exercises could be harder.',
      'I came for {c} and stayed for the rest.',
    ],
    3: ['Fine as an introduction to {t}, but {c} deserves more room.', 'I knew {c} already; the rest was new.'],
    2: ['Too little about {c}, which is why I came.', 'Good intentions, but {t} needs more examples than this.'],
    1: ['I did not get on with it: {c} stayed a riddle to me.'],
  },
  ru: {
    5: [
      'Наконец-то понятно, что такое {c}.',
      'Ради одного урока на тему «{c}» уже стоило прийти.',
      'Советую всем, кого раньше пугала тема «{t}».',
    ],
    4: ['Хорошо разобрана тема «{c}», но второй пример не помешал бы.', 'Удачное введение в тему «{t}».'],
    3: ['Для начала неплохо, но теме «{c}» не хватило места.'],
    2: ['Слишком мало о главном: {c}.'],
    1: ['Не пошло: тема «{c}» так и осталась загадкой.'],
  },
};
