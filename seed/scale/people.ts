import type { Language, Role } from '@eduplatform/contracts/primitives';
import { DEMO_LOGINS } from '../demo-logins.ts';
import { bioOf } from '../generate/teachers.ts';
import { seedId } from '../seed-id.ts';
import { DATA_NOW, DAY_MS, SPREAD_DAYS } from './ages.ts';
import type { CourseHead } from './heads.ts';
import { fullName } from './names.ts';
import { randomOf } from './random-of.ts';
import type { Sizes } from './sizes.ts';
import type { Staff } from './staff.ts';

export interface Person {
  id: string;
  email: string;
  name: string;
  bio: string;
  role: Role;
  language: Language;
  createdAt: Date;
}

const RUSSIAN_SHARE = 0.25;
/** Before the first course somebody teaches, at most. */
const PREPARED_DAYS = 60;
const GROWTH = 1.4;

/** Everybody, in the order admin, teachers, students; the demo's logins are the first of their kind. */
export function everybody(seed: number, sizes: Sizes, staff: Staff, heads: readonly CourseHead[]): Person[] {
  const firstCourse = new Map<number, number>();
  for (const { owner, publishedAt } of heads) {
    if (!firstCourse.has(owner)) firstCourse.set(owner, publishedAt.getTime());
  }
  return Array.from({ length: sizes.users }, (_, index): Person => {
    const random = randomOf(seed, 'person', index);
    const teacher = index - 1;
    const role: Role = index === 0 ? 'admin' : teacher < staff.size ? 'teacher' : 'student';
    const ageDays = SPREAD_DAYS * random.next() ** GROWTH;
    const before = role === 'teacher' ? firstCourse.get(teacher) : undefined;
    const start = role === 'admin' ? DATA_NOW - (SPREAD_DAYS + PREPARED_DAYS) * DAY_MS : DATA_NOW - ageDays * DAY_MS;
    const createdAt = new Date(
      Math.floor(before === undefined ? start : before - PREPARED_DAYS * random.next() * DAY_MS),
    );
    const language = role === 'teacher' ? staff.languageOf(teacher) : random.next() < RUSSIAN_SHARE ? 'ru' : 'en';
    const name = fullName(random, language);
    const person = {
      id: seedId(`${seed} person ${index}`, createdAt),
      email: role === 'student' ? `student${index - staff.size}@example.com` : `teacher${index}@example.com`,
      name,
      bio: role === 'teacher' ? bioOf(language, name, teacher, [staff.categoryOf(teacher)]) : '',
      role,
      language,
      createdAt,
    };
    const isFirst = index <= 1 || index === staff.size + 1;
    const login = isFirst ? DEMO_LOGINS.find((one) => one.role === role) : undefined;
    if (!login) return person;
    const bio = role === 'teacher' ? bioOf('en', login.name, teacher, [staff.categoryOf(teacher)]) : '';
    return { ...person, ...login, bio, language: 'en' };
  });
}
