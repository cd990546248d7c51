import type { CourseSource, LessonSource } from '../course-source.ts';
import { inModules, LEVELS } from '../generate/courses.ts';
import type { Random } from '../generate/random.ts';
import { fill, sentence } from '../generate/slots.ts';
import { templates } from '../generate/templates.ts';
import type { CourseHead } from './heads.ts';
import { slotsOf, type Paragraphs, type Subject } from './paragraphs.ts';
import type { Person } from './people.ts';
import { randomOf } from './random-of.ts';

const TIP_SHARE = 0.35;
const MISTAKE_SHARE = 0.6;

/** The whole course of a head: its promises and its lessons. */
export function composeCourse(seed: number, head: CourseHead, teacher: Person, paragraphs: Paragraphs): CourseSource {
  const { index, slug, title, language, categorySlug, topic, price, lessonCount } = head;
  const random = randomOf(seed, 'texts', index);
  const texts = templates[language];
  const concepts = random.shuffle(topic.concepts);
  const subjects = concepts.map((concept): Subject => ({ language, categorySlug, topic, concept }));
  const subject = (number: number): Subject => subjects[number % subjects.length] as Subject;
  const lessons = Array.from({ length: lessonCount }, (_, number) => ({
    ...composeLesson(subject(number), random, paragraphs),
    isFreePreview: price !== null && number === 0,
  }));
  return {
    slug,
    title,
    subtitle: sentence(random.pick(texts.subtitles), slotsOf(subject(0), random)),
    descriptionMd: `${texts.descriptions.map((line) => fill(line, slotsOf(subject(0), random))).join('\n\n')}\n`,
    language,
    level: random.pick(LEVELS),
    categorySlug,
    price,
    outcomes: texts.outcomes.map((line, number) => sentence(line, slotsOf(subject(number), random))),
    teacher,
    modules: inModules(language, lessons),
  };
}

function composeLesson(subject: Subject, random: Random, paragraphs: Paragraphs): LessonSource {
  const { lessonTitles, headings } = templates[subject.language];
  const parts = [
    paragraphs('opener', subject, random),
    `## ${random.pick(headings.idea)}`,
    paragraphs('idea', subject, random),
    ...(random.next() < TIP_SHARE ? [paragraphs('tip', subject, random)] : []),
    ...(random.next() < MISTAKE_SHARE
      ? [`## ${random.pick(headings.mistake)}`, paragraphs('mistake', subject, random)]
      : []),
    `## ${random.pick(headings.practice)}`,
    paragraphs('practice', subject, random),
  ];
  return {
    title: sentence(random.pick(lessonTitles), { c: subject.concept }),
    bodyMd: `${parts.join('\n\n')}\n`,
    isFreePreview: false,
    durationMinutes: random.integer(4, 18),
  };
}
