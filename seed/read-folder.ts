import { basename, resolve } from 'node:path';
import {
  LIMITS,
  type CourseSource,
  type LessonSource,
  type ModuleSource,
  type TeacherSource,
} from './course-source.ts';
import { parseCourseYaml, type CourseYaml } from './folder/course-yaml.ts';
import { CourseFolderError } from './folder/error.ts';
import { isMarkdown, listFiles, readText, type FolderFile } from './folder/files.ts';
import { parseLesson, splitFrontMatter } from './folder/lesson-file.ts';
import { detectLanguage, takeFirstHeading } from './folder/markdown.ts';
import { slugify, titleFromName } from './folder/names.ts';

export { CourseFolderError } from './folder/error.ts';

export interface ReadFolderOptions {
  /** Takes the place of the teacher in `course.yaml`; needed where there is none. */
  teacher?: TeacherSource;
}

const DEFAULT_CATEGORY = 'programming';
const MAX_YAML_BYTES = 64_000;
const WORDS = {
  en: { lessons: 'Lessons', introduction: 'Introduction' },
  ru: { lessons: 'Уроки', introduction: 'Введение' },
} as const;

interface ReadLesson {
  folder: string | null;
  isIndex: boolean;
  lesson: LessonSource;
}

/**
 * Reads any folder of Markdown as a course (the format is described in README.md). Pure reading: nothing is written.
 * Throws CourseFolderError, whose message names the file, the line where it is known, and what to do.
 */
export async function readCourseFolder(path: string, options: ReadFolderOptions = {}): Promise<CourseSource> {
  const files = await listFiles(path);
  const yamlFile = findRoot(files, /^course\.ya?ml$/i);
  const yaml = parseCourseYaml(
    yamlFile ? await readText(yamlFile, MAX_YAML_BYTES) : '',
    yamlFile?.shownPath ?? 'course.yaml',
  );
  const teacher = options.teacher ?? yaml.teacher;
  if (!teacher) {
    throw new CourseFolderError(
      { file: 'course.yaml' },
      'the course has no teacher',
      'Add teacher with name and email, or name one when importing',
    );
  }

  const readme = await readIntroduction(findRoot(files, /^readme\.(md|markdown)$/i));
  const description = await readIntroduction(findRoot(files, /^description\.(md|markdown)$/i));
  const lessons = await readLessons(files);
  const descriptionMd = description?.rest ?? readme?.rest ?? '';
  const language = yaml.language ?? detectLanguage(descriptionMd + lessons.map(({ lesson }) => lesson.bodyMd).join(''));
  const folderName = basename(resolve(path));
  const title = (yaml.title ?? readme?.title ?? description?.title ?? titleFromName(folderName)).slice(
    0,
    LIMITS.courseTitle,
  );
  return {
    slug: yaml.slug ?? slugify(title) ?? slugify(folderName) ?? 'course',
    title,
    subtitle: yaml.subtitle ?? '',
    descriptionMd,
    language,
    level: yaml.level ?? 'beginner',
    categorySlug: yaml.categorySlug ?? DEFAULT_CATEGORY,
    price: yaml.price,
    outcomes: yaml.outcomes,
    teacher,
    modules: groupIntoModules(lessons, yaml, WORDS[language]),
  };
}

const findRoot = (files: FolderFile[], name: RegExp): FolderFile | undefined =>
  files.find(({ parts }) => parts.length === 1 && name.test(parts[0] ?? ''));

async function readIntroduction(file: FolderFile | undefined) {
  if (!file) return null;
  const { body } = splitFrontMatter(await readText(file, LIMITS.lessonBytes), file.shownPath);
  const introduction = takeFirstHeading(body);
  if (introduction.rest.length > LIMITS.description) {
    const problem = `the description has ${introduction.rest.length} characters, the limit is ${LIMITS.description}`;
    throw new CourseFolderError({ file: file.shownPath }, problem, 'Put a shorter one into description.md');
  }
  return introduction;
}

const isIntroduction = ({ parts }: FolderFile): boolean =>
  parts.length === 1 && /^(readme|description)\.(md|markdown)$/i.test(parts[0] ?? '');

async function readLessons(files: FolderFile[]): Promise<ReadLesson[]> {
  const lessonFiles = files.filter((file) => isMarkdown(file.shownPath) && !isIntroduction(file));
  if (lessonFiles.length === 0) {
    throw new CourseFolderError(
      { file: '.' },
      'there is no lesson in the folder',
      'Add Markdown files, such as 01-first-lesson.md',
    );
  }
  if (lessonFiles.length > LIMITS.lessons) {
    const problem = `${lessonFiles.length} lessons, the limit is ${LIMITS.lessons}`;
    throw new CourseFolderError({ file: '.' }, problem, 'Divide the folder into several courses');
  }
  const lessons: ReadLesson[] = [];
  for (const file of lessonFiles) {
    const fileName = file.parts.at(-1) ?? '';
    const isIndex = file.parts.length === 2 && /^(readme|index)\.(md|markdown)$/i.test(fileName);
    const lesson = parseLesson(
      await readText(file, LIMITS.lessonBytes),
      file.shownPath,
      isIndex ? (file.parts[0] ?? '') : fileName,
    );
    lessons.push({ folder: file.parts.length > 1 ? (file.parts[0] ?? null) : null, isIndex, lesson });
  }
  return lessons;
}

/** Lessons beside the modules come first, in a module of their own; deeper folders belong to the module they lie in. */
function groupIntoModules(
  lessons: ReadLesson[],
  yaml: CourseYaml,
  words: { lessons: string; introduction: string },
): ModuleSource[] {
  const groups = Map.groupBy(lessons, ({ folder }) => folder);
  for (const folder of yaml.moduleTitles.keys()) {
    if (groups.has(folder)) continue;
    const problem = `modules names ${folder}, and there are no lessons in such a folder`;
    throw new CourseFolderError({ file: 'course.yaml' }, problem, 'Correct the name of the folder');
  }
  const loose = groups.get(null);
  const modules: ModuleSource[] = [];
  if (loose) {
    const title = groups.size > 1 ? words.introduction : words.lessons;
    modules.push({ title, lessons: loose.map(({ lesson }) => lesson) });
  }
  for (const [folder, group] of groups) {
    if (folder === null) continue;
    const index = group.find(({ isIndex }) => isIndex);
    const title = yaml.moduleTitles.get(folder) ?? index?.lesson.title ?? titleFromName(folder);
    const ordered = [...(index ? [index] : []), ...group.filter((item) => item !== index)];
    // The index of a folder often holds its title and nothing else: that is no lesson.
    const kept = ordered.filter(({ isIndex, lesson }) => !isIndex || lesson.bodyMd.trim() !== '');
    if (kept.length > 0)
      modules.push({ title: title.slice(0, LIMITS.moduleTitle), lessons: kept.map(({ lesson }) => lesson) });
  }
  if (modules.length > LIMITS.modules) {
    throw new CourseFolderError(
      { file: '.' },
      `${modules.length} modules, the limit is ${LIMITS.modules}`,
      'Join some of the folders',
    );
  }
  return modules;
}
