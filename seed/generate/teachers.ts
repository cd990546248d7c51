import type { Language } from '@eduplatform/contracts/primitives';
import { categories } from '../categories.ts';
import type { TeacherSource } from '../course-source.ts';
import { slugify } from '../folder/names.ts';

const NAMES: Record<Language, string[]> = {
  en: [
    'Alice Thornbury',
    'Benedict Osei',
    'Camila Duarte',
    'Daniel Fitzgerald',
    'Elif Yilmaz',
    'Farah Siddiqui',
    'Gareth Pugh',
    'Hana Kobayashi',
    'Isaac Lindqvist',
    'Joana Teixeira',
    'Karim Haddad',
    'Leonie Brandt',
    'Marcus Whitfield',
    'Noor van Dijk',
    'Oscar Benitez',
    'Paula Kowalczyk',
    'Quentin Moreau',
    'Ruth Adeyemi',
    'Samuel Okafor',
    'Tessa Lindholm',
    'Uma Krishnan',
    'Victor Almeida',
    'Wendy Castellanos',
    'Yusuf Rahman',
    'Zoe Marchetti',
    'Anton Meyer',
    'Bridget Nolan',
    'Chen Wei',
  ],
  ru: [
    'Анна Соколова',
    'Борис Левитин',
    'Варвара Никитина',
    'Григорий Мельников',
    'Дарья Зайцева',
    'Евгений Орлов',
    'Жанна Котова',
    'Игорь Савельев',
    'Ксения Воронцова',
    'Марат Галиев',
    'Ольга Белова',
    'Павел Дроздов',
  ],
};

const BIOS: Record<Language, ((name: string, field: string) => string)[]> = {
  en: [
    (name, field) => `${name} has worked in ${field} for over ten years and teaches in the evenings.`,
    (name, field) => `${name} came to ${field} by a detour and remembers well what is hard at the beginning.`,
    (name, field) => `${name} runs small workshops on ${field} and answers every question in person.`,
  ],
  ru: [
    (name, field) => `${name}. Область — ${field}; больше десяти лет практики и вечерние группы для взрослых.`,
    (name, field) => `${name}. Главный интерес — ${field}; в памяти ещё свежо, что трудно в начале пути.`,
    (name, field) => `${name}. Небольшие мастерские и живые ответы на вопросы; тема — ${field}.`,
  ],
};

/** Teachers of one category in one language, always the same ones; each teaches two categories. */
export function teachersOf(language: Language, categorySlug: string): TeacherSource[] {
  const at = categories.findIndex((category) => category.slug === categorySlug);
  if (at < 0) throw new RangeError(`no category ${categorySlug}`);
  return NAMES[language].flatMap((name, index) => {
    const main = index % categories.length;
    const second = (index * 5 + 3) % categories.length;
    return main === at || second === at ? [teacher(language, name, index, [main, second])] : [];
  });
}

function teacher(language: Language, name: string, index: number, fields: number[]): TeacherSource {
  const local = slugify(name);
  if (!local) throw new Error(`cannot describe the teacher ${name}`);
  const email = `${local.replaceAll('-', '.')}@eduplatform.com`;
  return { name, email, bio: bioOf(language, name, index, fields) };
}

/** What is said of a teacher; `fields` are places in the list of categories. */
export function bioOf(language: Language, name: string, index: number, fields: number[]): string {
  const bios = BIOS[language];
  const bio = bios[index % bios.length];
  if (!bio) throw new Error(`cannot describe the teacher ${name}`);
  const names = [...new Set(fields)].flatMap((at) => categories[at] ?? []);
  const field =
    language === 'ru'
      ? names.map(({ nameRu }) => nameRu.toLowerCase()).join(', ')
      : names.map(({ nameEn }) => nameEn.toLowerCase()).join(' and ');
  return bio(name, field);
}
