import type { Language } from '@eduplatform/contracts/primitives';

/** What reviewers of the demo say, by language and stars. An empty text: stars alone. */
export const REVIEW_TEXTS: Record<Language, Record<1 | 2 | 3 | 4 | 5, readonly string[]>> = {
  en: {
    5: [
      'Short lessons, and each one ends with something I could do the same evening.',
      'I had tried two other courses before this one. Here somebody finally explains why, not only how.',
      '',
      'Clear, honest about what is hard, and no filler. I went back to the second module three times.',
      'The examples are small enough to keep in your head and real enough to matter.',
      'Worth it for the first module alone. The rest came as a bonus.',
      '',
      'My questions were answered within a day, and the answers were better than the question.',
    ],
    4: [
      'Very good. I would have liked one more exercise at the end of each module.',
      '',
      'Solid from start to finish; the pace is a little quick in the middle.',
      'I learned what I came for. A printable summary would make it perfect.',
      'Good structure and plain words. The last lesson could be longer.',
    ],
    3: [
      'Useful, but I knew about half of it already. Check the outline first.',
      '',
      'The beginning is excellent. Later lessons assume more than they say.',
    ],
    2: ['Too short for me: I had hoped for more depth after the introduction.', 'Fine as an overview, no more.'],
    1: ['Not what I expected from the description.'],
  },
  ru: {
    5: [
      'Короткие уроки, и после каждого можно сразу что-то сделать самому.',
      'До этого пробовал два других курса. Здесь наконец объясняют не только как, но и почему.',
      '',
      'Понятно, честно о сложном и без воды. Ко второму модулю возвращалась трижды.',
      'Примеры простые, но настоящие: ни одного выдуманного ради примера.',
      'На вопросы отвечают в тот же день, и отвечают по делу.',
    ],
    4: [
      'Очень хорошо. Не хватило одного упражнения в конце каждого модуля.',
      '',
      'Ровно и спокойно от начала до конца, только в середине темп высоковат.',
      'Узнала то, за чем пришла. Хотелось бы конспект для печати.',
    ],
    3: ['Полезно, но половину я уже знал. Посмотрите сначала программу.', ''],
    2: ['Для меня слишком коротко: ждала большей глубины.'],
    1: ['По описанию ожидал другого.'],
  },
};

export const REPLIES: Record<Language, readonly string[]> = {
  en: [
    'Thank you for taking the time. I am adding an exercise to that module.',
    'Glad it helped. If you get stuck later, ask under the lesson: I read every question.',
  ],
  ru: [
    'Спасибо, что нашли время написать. Упражнение к этому модулю уже готовлю.',
    'Рад, что пригодилось. Если что-то не получится, спрашивайте под уроком.',
  ],
};

export const QUESTIONS: Record<Language, readonly { title: string; body: string; answer: string }[]> = {
  en: [
    {
      title: 'Does this also hold on a smaller scale?',
      body: 'I tried it with half of everything and the result was different. Did I make a mistake, or does it not scale down?',
      answer: 'It does scale down, but the first step takes as long as before. Keep the time and halve the rest.',
    },
    {
      title: 'Where should I go from here?',
      body: 'I have finished this module and would like to practice before the next one.',
      answer: 'Repeat the example with material of your own. When it works twice in a row, go on.',
    },
  ],
  ru: [
    {
      title: 'А если взять вдвое меньше?',
      body: 'Попробовала с половиной, вышло иначе. Это моя ошибка или так и должно быть?',
      answer: 'Уменьшать можно, но первый шаг занимает столько же времени. Время оставьте прежним.',
    },
  ],
};
