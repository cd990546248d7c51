import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readCourseFolder } from './read-folder.ts';

const teacher = { name: 'Ada', email: 'ada@eduplatform.com', bio: '' };
const made: string[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((path) => rm(path, { recursive: true, force: true })));
});

async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'course-'));
  made.push(parent);
  const root = join(parent, 'my-first_course');
  await mkdir(root);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

const read = async (files: Record<string, string | Uint8Array>) => readCourseFolder(await folder(files), { teacher });
const titles = (course: Awaited<ReturnType<typeof read>>) =>
  course.modules.map((module) => [module.title, ...module.lessons.map((lesson) => lesson.title)]);

test('a bare folder of Markdown becomes a free draft with one module, named after the folder', async () => {
  const course = await read({ '2-second.md': 'b', '10-tenth.md': 'c', '1-first.md': 'a' });
  expect(course).toMatchObject({ title: 'My first course', slug: 'my-first-course', price: null, language: 'en' });
  expect(titles(course)).toEqual([['Lessons', 'First', 'Second', 'Tenth']]);
});

test('the first heading of README.md names the course and the rest describes it', async () => {
  const course = await read({ 'README.md': '# Knots & **ropes**\n\nTie them.\n', 'one.md': '' });
  expect(course).toMatchObject({ title: 'Knots & ropes', slug: 'knots-ropes', descriptionMd: 'Tie them.\n' });
});

test('description.md describes the course where both are there', async () => {
  const course = await read({
    'README.md': '# Knots\n\nFor maintainers.',
    'description.md': 'For students.',
    'a.md': '',
  });
  expect(course).toMatchObject({ title: 'Knots', descriptionMd: 'For students.\n' });
});

test('a lesson is titled by front matter, else by its first heading, else by its file', async () => {
  const course = await read({
    '01-a.md': '---\ntitle: "From front matter"\npreview: true\nminutes: 7\ntags: [x]\n---\n# Kept heading\n\nText\n',
    '02-b.md': 'Intro\n\n```\n# not a heading\n```\n\n# From *the* heading #\n\nText\n',
    '03-c.md': 'Underlined\n==========\nText\n',
    '04-the_file-name.markdown': 'Text\n',
  });
  const [lessons] = course.modules.map((module) => module.lessons);
  expect(titles(course)[0]?.slice(1)).toEqual(['From front matter', 'From the heading', 'Underlined', 'The file name']);
  expect(lessons?.[0]).toMatchObject({ isFreePreview: true, durationMinutes: 7, bodyMd: '# Kept heading\n\nText\n' });
  expect(lessons?.[1]?.bodyMd).not.toContain('From *the* heading');
  expect(lessons?.[2]?.bodyMd).toBe('Text\n');
});

test('folders are modules; loose lessons come first and deeper folders belong to their module', async () => {
  const course = await read({
    'welcome.md': '',
    '02-second/01-x.md': '',
    '01-first/deep/er/y.md': '',
    '01-first/README.md': '# The first one\n',
    '03-third/README.md': '# The third one\n\nWith text.',
    'images/photo.png': 'x',
  });
  expect(titles(course)).toEqual([
    ['Introduction', 'Welcome'],
    ['The first one', 'Y'],
    ['Second', 'X'],
    ['The third one', 'The third one'],
  ]);
});

test('course.yaml says the rest', async () => {
  const course = await read({
    'course.yaml': [
      'title: Knots',
      'slug: good-knots',
      'language: ru',
      'level: advanced',
      'category: craft',
      'price: { amount: 1900, currency: EUR }',
      'outcomes: [Tie one, Untie one]',
      'modules: { 01-a: "First: the reef" }',
      'teacher: { name: Bob, email: bob@eduplatform.com }',
    ].join('\n'),
    '01-a/x.md': '',
  });
  expect(course).toMatchObject({
    slug: 'good-knots',
    language: 'ru',
    level: 'advanced',
    categorySlug: 'craft',
    price: { amount: 1900, currency: 'EUR' },
    outcomes: ['Tie one', 'Untie one'],
    modules: [{ title: 'First: the reef' }],
    teacher,
  });
});

test('a byte order mark, Windows line ends, UTF-16 and capital names are all read', async () => {
  const utf16 = Buffer.from('\uFEFF# Второй урок\r\n\r\nТекст про звёзды\r\n', 'utf16le');
  const course = await read({
    'COURSE.YAML': '\uFEFFtitle: Небо\r\nfree: true\r\n',
    'ReadMe.MD': '\uFEFF# Other\r\n\r\nОписание\r\n',
    '01 - Первый урок.MD': '\uFEFF---\r\nminutes: 3\r\n---\r\nТекст\r\n',
    '02.md': utf16,
    'Thumbs.db': 'x',
    'desktop.ini': 'x',
  });
  expect(course).toMatchObject({ title: 'Небо', slug: 'nebo', language: 'ru', descriptionMd: 'Описание\n' });
  expect(titles(course)).toEqual([['Уроки', 'Первый урок', 'Второй урок']]);
  expect(course.modules[0]?.lessons.map((lesson) => lesson.bodyMd)).toEqual(['Текст\n', 'Текст про звёзды\n']);
});

test('a rule at the top is no front matter', async () => {
  const course = await read({ 'a.md': '---\nJust a rule above.\n\n---\nAnd below.\n' });
  expect(course.modules[0]?.lessons[0]).toMatchObject({ title: 'A', bodyMd: expect.stringContaining('Just a rule') });
});

test('hidden files and node_modules are left out', async () => {
  const course = await read({ '.git/x.md': '', 'node_modules/p/README.md': '', '.draft.md': '', 'a.md': '' });
  expect(titles(course)).toEqual([['Lessons', 'A']]);
});

test.each([
  ['no lesson', { 'README.md': '# Alone' }, 'there is no lesson in the folder'],
  ['bad YAML', { 'course.yaml': 'title: a\nsubtitle: [', 'a.md': '' }, 'course.yaml:2: not valid YAML'],
  ['an unknown field', { 'course.yaml': 'title: a\nprize: 3', 'a.md': '' }, 'course.yaml:2: unknown field prize'],
  ['an unknown level', { 'course.yaml': 'level: expert', 'a.md': '' }, 'Use one of: beginner, intermediate, advanced'],
  ['an unknown category', { 'course.yaml': '\ncategory: knots', 'a.md': '' }, 'course.yaml:2: category is "knots"'],
  ['half a price', { 'course.yaml': 'price:\n  amount: 5', 'a.md': '' }, 'price is incomplete'],
  [
    'a price in fractions',
    { 'course.yaml': 'price:\n  amount: 5.5\n  currency: USD', 'a.md': '' },
    'course.yaml:2: price.amount',
  ],
  [
    'free with a price',
    { 'course.yaml': 'free: true\nprice: {amount: 1, currency: USD}', 'a.md': '' },
    'free and has a price',
  ],
  ['paid without a price', { 'course.yaml': 'free: false', 'a.md': '' }, 'not free and has no price'],
  ['a list instead of fields', { 'course.yaml': '- a', 'a.md': '' }, 'not a list of fields'],
  ['bad front matter', { 'm/a.md': '---\ntitle: x\nminutes: many\n---\n' }, 'm/a.md:3: minutes is not a whole number'],
  ['a bad slug', { 'course.yaml': 'slug: Two Words', 'a.md': '' }, 'course.yaml:1: slug is "Two Words"'],
  ['a text that is not UTF-8', { 'a.md': Buffer.from('ok\n\xe9t\xe9', 'latin1') }, 'a.md:2: the text is not UTF-8'],
  ['a binary file', { 'a.md': Buffer.from([1, 0, 2]) }, 'a.md:1: this is not a text file'],
  ['a huge lesson', { 'a.md': 'x'.repeat(200_001) }, 'a.md: the file has 201 KB, the limit is 200 KB'],
  ['a long title', { 'a.md': `# ${'x'.repeat(161)}` }, 'a.md: the title has 161 characters'],
  ['a module that is not there', { 'course.yaml': 'modules: { 01-b: B }', '01-a/a.md': '' }, 'modules names 01-b'],
  ['an alias bomb', { 'course.yaml': bomb(), 'a.md': '' }, 'course.yaml:'],
])('%s is refused with its place and what to do', async (_, files: Record<string, string | Uint8Array>, message) => {
  await expect(read(files)).rejects.toThrow(message);
  await expect(read(files)).rejects.toMatchObject({ name: 'CourseFolderError' });
});

function bomb(): string {
  const levels = Array.from({ length: 8 }, (_, n) => `  - &l${n + 1} [${`*l${n},`.repeat(9)}]`);
  return ['outcomes:', '  - &l0 [x]', ...levels].join('\n');
}

test('more than 500 lessons are refused', async () => {
  const files = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`${index}.md`, '']));
  await expect(read(files)).rejects.toThrow('501 lessons, the limit is 500');
});

test('a folder that is not there says so', async () => {
  await expect(readCourseFolder('/no/such/folder', { teacher })).rejects.toThrow('there is no such folder');
});

test('a course without a teacher says how to name one', async () => {
  await expect(readCourseFolder(await folder({ 'a.md': '' }))).rejects.toThrow('the course has no teacher');
});

test.skipIf(process.platform === 'win32')('links are followed inside of the folder and refused outside', async () => {
  const root = await folder({ '01-a.md': '# Inside' });
  await symlink(join(root, '01-a.md'), join(root, '02-again.md'));
  await symlink(root, join(root, 'loop'));
  await symlink('/etc/hostname', join(root, 'hostname.txt'));
  expect(titles(await readCourseFolder(root, { teacher }))).toEqual([['Lessons', 'Inside', 'Inside']]);

  await symlink('/etc/hostname', join(root, '03-secret.md'));
  await expect(readCourseFolder(root, { teacher })).rejects.toThrow('03-secret.md: the link leads outside');
  await rm(join(root, '03-secret.md'));
  await symlink('/etc', join(root, 'etc'));
  await expect(readCourseFolder(root, { teacher })).rejects.toThrow('etc: the link leads outside');
});
