import { LIMITS, type LessonSource } from '../course-source.ts';
import { CourseFolderError } from './error.ts';
import { plainText, readingMinutes, takeFirstHeading } from './markdown.ts';
import { titleFromName } from './names.ts';
import { YamlFields } from './yaml-fields.ts';

interface FrontMatter {
  fields: YamlFields | null;
  body: string;
}

/** Splits `---` front matter off; text that merely starts with a rule is left alone. */
export function splitFrontMatter(text: string, file: string): FrontMatter {
  const match = /^---[ \t]*\n([\s\S]*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (!match || !/^\s*[\w-]+\s*:/m.test(match[1] ?? '')) return { fields: null, body: text };
  const fields = new YamlFields(match[1] ?? '', file, 1);
  return fields.isMap ? { fields, body: text.slice(match[0].length) } : { fields: null, body: text };
}

/**
 * A lesson from the text of its file. Title: front matter, else the first level-one heading, else the name of the file.
 * Fields of front matter other than title, preview and minutes belong to other tools and are left alone.
 */
export function parseLesson(text: string, file: string, fileName: string): LessonSource {
  const { fields, body } = splitFrontMatter(text, file);
  const given = fields?.text('title', LIMITS.lessonTitle);
  const heading = takeFirstHeading(body);
  const isSameTitle = given === undefined || heading.title === plainText(given);
  const title = given ?? heading.title ?? titleFromName(fileName);
  if (title.length > LIMITS.lessonTitle) {
    throw new CourseFolderError(
      { file },
      `the title has ${title.length} characters, the limit is ${LIMITS.lessonTitle}`,
      'Put a shorter one into front matter: a line with ---, a line with title: …, a line with ---',
    );
  }
  const bodyMd = isSameTitle ? heading.rest : body.replace(/^\n+/, '');
  return {
    title,
    bodyMd,
    isFreePreview: fields?.flag('preview') ?? false,
    durationMinutes: fields?.integer('minutes', 0, LIMITS.minutes) ?? Math.min(readingMinutes(bodyMd), LIMITS.minutes),
  };
}
