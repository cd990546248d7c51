import { posix } from 'node:path';

/** What the checker asks of the repository; plain functions, so that the rules can be tested without one. */
export interface DocumentationFacts {
  isScript(name: string): boolean;
  /** Whether `path` exists, relative to the document `from` or to the root. */
  pathExists(from: string, path: string): boolean;
  /** Text of a Markdown file, for its headings. */
  headings(file: string): string;
}

const NPM_BUILT_IN = new Set(['ci', 'install', 'test', 'start', 'stop', 'exec']);
const TOP_LEVEL =
  /^(contracts|db|http-kit|write-api|indexer|read-api|web|seed|bench|observability|local|docs|eslint-rules)\/[\w./*@[\]()+-]*$/;
/** Made when the product runs, so not in the repository. */
const GENERATED = /^(\.local|web\/build|bench\/results|node_modules)(\/|$)/;

/** Every reference of a Markdown document that leads nowhere, one sentence each, with the line. */
export function brokenReferences(file: string, markdown: string, facts: DocumentationFacts): string[] {
  const problems: string[] = [];
  let inFence = false;
  markdown.split('\n').forEach((line, index) => {
    const report = (what: string): number => problems.push(`${file}:${index + 1}: ${what}`);
    if (/^\s*(```|~~~)/.test(line)) inFence = !inFence;
    for (const name of npmCommands(line)) {
      if (!facts.isScript(name) && !NPM_BUILT_IN.has(name)) report(`no npm script is called "${name}"`);
    }
    if (inFence) return;
    for (const target of links(line)) checkLink(file, target, facts, report);
    for (const path of codePaths(line)) if (!facts.pathExists(file, path)) report(`${path} does not exist`);
  });
  return problems;
}

const npmCommands = (line: string): string[] =>
  [...line.matchAll(/\bnpm (?:run )?([a-z][\w:*-]*)/g)].flatMap((match) =>
    match[1] && isCommand(line, match.index, match[0], match[1]) ? [match[1]] : [],
  );

/** "npm run x" always is one; "npm x" only at the start of a code span or a line. */
const isCommand = (line: string, index: number, text: string, name: string): boolean =>
  !name.includes('*') && (text.startsWith('npm run ') || /(^|[`$&]\s*)$/.test(line.slice(0, index)));

const links = (line: string): string[] =>
  [...line.replace(/`[^`]*`/g, '').matchAll(/\]\(([^()\s]+)\)/g)].flatMap((match) => (match[1] ? [match[1]] : []));

const codePaths = (line: string): string[] =>
  [...line.matchAll(/`([^`\s]+)`/g)]
    .map((match) => match[1] ?? '')
    .filter((text) => TOP_LEVEL.test(text) && !text.includes('*') && !GENERATED.test(text));

function checkLink(file: string, target: string, facts: DocumentationFacts, report: (what: string) => void): void {
  if (/^(https?|mailto):/.test(target)) return;
  const [path = '', anchor] = target.split('#');
  if (path !== '' && !facts.pathExists(file, path)) {
    report(`the link ${target} leads nowhere`);
    return;
  }
  const document = path === '' ? file : posix.join(posix.dirname(file), path);
  if (anchor && document.endsWith('.md') && !anchorsOf(facts.headings(document)).has(anchor)) {
    report(`${document} has no heading #${anchor}`);
  }
}

/** Fragments that GitHub gives to headings. */
const anchorsOf = (markdown: string): Set<string> =>
  new Set(
    [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
