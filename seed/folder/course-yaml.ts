import { LANGUAGES, LEVELS, type Language, type Level, type Money } from '@eduplatform/contracts/primitives';
import { categories } from '../categories.ts';
import { LIMITS, type TeacherSource } from '../course-source.ts';
import { YamlFields } from './yaml-fields.ts';

/** What a `course.yaml` says; everything may be absent. */
export interface CourseYaml {
  title?: string | undefined;
  slug?: string | undefined;
  subtitle?: string | undefined;
  language?: Language | undefined;
  level?: Level | undefined;
  categorySlug?: string | undefined;
  price: Money | null;
  outcomes: string[];
  teacher?: TeacherSource | undefined;
  /** Titles of modules by the name of their folder. */
  moduleTitles: ReadonlyMap<string, string>;
}

const KEYS = [
  'title',
  'slug',
  'subtitle',
  'language',
  'level',
  'category',
  'price',
  'free',
  'outcomes',
  'modules',
  'teacher',
];
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Reads a `course.yaml`. Throws CourseFolderError with the line for anything that it does not know or allow. */
export function parseCourseYaml(text: string, file: string): CourseYaml {
  const fields = new YamlFields(text, file);
  if (text.trim() !== '' && !fields.isMap)
    fields.fail([], 'not a list of fields', 'Write lines like "title: My course"');
  for (const key of fields.keys()) {
    if (!KEYS.includes(key)) fields.fail(key, `unknown field ${key}`, `Use one of: ${KEYS.join(', ')}`);
  }
  const slugs = categories.map((category) => category.slug);
  return {
    title: fields.text('title', LIMITS.courseTitle),
    slug: readSlug(fields),
    subtitle: fields.text('subtitle', LIMITS.subtitle),
    language: fields.oneOf('language', LANGUAGES),
    level: fields.oneOf('level', LEVELS),
    categorySlug: fields.oneOf('category', slugs),
    price: readPrice(fields),
    outcomes: readOutcomes(fields),
    teacher: readTeacher(fields),
    moduleTitles: readModuleTitles(fields),
  };
}

function readSlug(fields: YamlFields): string | undefined {
  const slug = fields.text('slug', 80);
  if (slug !== undefined && (slug.length < 3 || !SLUG.test(slug))) {
    fields.fail('slug', `slug is ${JSON.stringify(slug)}`, 'Use 3 to 80 lower-case letters, digits and single hyphens');
  }
  return slug;
}

function readPrice(fields: YamlFields): Money | null {
  const isFree = fields.flag('free');
  if (fields.value('price') === undefined) {
    if (isFree === false)
      fields.fail('free', 'the course is not free and has no price', 'Add price with amount and currency');
    return null;
  }
  if (isFree) fields.fail('price', 'the course is free and has a price', 'Remove one of both');
  const amount = fields.integer(['price', 'amount'], 1, LIMITS.priceAmount);
  const currency = fields.text(['price', 'currency'], 3);
  if (amount === undefined || currency === undefined || !/^[A-Z]{3}$/.test(currency)) {
    fields.fail('price', 'price is incomplete', 'Write amount in minor units and currency, such as 1900 and USD');
  }
  return { amount, currency };
}

function readOutcomes(fields: YamlFields): string[] {
  const list = fields.value('outcomes');
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list) || list.length > LIMITS.outcomes) {
    fields.fail(
      'outcomes',
      `outcomes is not a list of at most ${LIMITS.outcomes}`,
      'Write one line each, with "- " before it',
    );
  }
  return list.map(
    (_, index) =>
      fields.text(['outcomes', index], LIMITS.outcome) ??
      fields.fail(['outcomes', index], 'empty outcome', 'Remove it'),
  );
}

function readTeacher(fields: YamlFields): TeacherSource | undefined {
  if (fields.value('teacher') === undefined) return undefined;
  const name = fields.text(['teacher', 'name'], LIMITS.teacherName);
  const email = fields.text(['teacher', 'email'], 254);
  if (!name || !email || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    fields.fail('teacher', 'teacher is incomplete', 'Write name and email');
  }
  return { name, email, bio: fields.text(['teacher', 'bio'], LIMITS.teacherBio) ?? '' };
}

function readModuleTitles(fields: YamlFields): Map<string, string> {
  const titles = new Map<string, string>();
  for (const folder of fields.keys('modules')) {
    const key = ['modules', folder];
    const title = fields.text(key, LIMITS.moduleTitle);
    if (!title)
      fields.fail('modules', `the title of ${folder} is missing`, 'Write it, and put a name of digits alone in quotes');
    titles.set(folder, title);
  }
  return titles;
}
