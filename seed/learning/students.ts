import type { Language } from '@eduplatform/contracts/primitives';

/** A demo student who cannot sign in: the crowd that the courses' counts and reviews come from. */
export interface DemoStudent {
  name: string;
  email: string;
  language: Language;
}

const FIRST: Record<Language, string[]> = {
  en: ['Amara', 'Ben', 'Clara', 'Dev', 'Emily', 'Finn', 'Grace', 'Hugo', 'Imani', 'Jonas', 'Kira', 'Liam'],
  ru: ['Алиса', 'Денис', 'Елена', 'Илья', 'Марина', 'Олег'],
};
const LAST: Record<Language, string[]> = {
  en: ['Baker', 'Castillo', 'Donnelly', 'Eriksen'],
  ru: ['Громова', 'Ким', 'Лебедь'],
};

/** Every first name with every last name of its language, in a fixed order: 66 people. */
export const demoStudents = (): DemoStudent[] =>
  (['en', 'ru'] as const).flatMap((language) =>
    LAST[language].flatMap((last, l) =>
      FIRST[language].map((first, f) => ({
        name: `${first} ${last}`,
        email: `student-${language}-${l * FIRST[language].length + f + 1}@eduplatform.com`,
        language,
      })),
    ),
  );
