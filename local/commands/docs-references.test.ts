import { describe, expect, it } from 'vitest';
import { brokenReferences, type DocumentationFacts } from './docs-references.ts';

const facts: DocumentationFacts = {
  isScript: (name) => ['start', 'doctor'].includes(name),
  pathExists: (_from, path) => ['docs/a.md', 'db/pool.ts'].includes(path),
  headings: () => '# Title\n\n## How to test\n',
};
const check = (markdown: string) => brokenReferences('README.md', markdown, facts);

describe('the references of a document', () => {
  it.each([
    ['a script', 'Run `npm run doctor`.'],
    ['a script in a block', '```sh\nnpm start\n```'],
    ['a built-in of npm', '`npm ci`'],
    ['prose about npm', 'Node and npm are all you need; npm installs the rest.'],
    ['a link', '[more](docs/a.md)'],
    ['a link to a heading', '[more](docs/a.md#how-to-test) and [here](#how-to-test)'],
    ['a path', 'see `db/pool.ts`'],
    ['a generated path', 'see `web/build`'],
    ['a link to elsewhere', '[spec](https://example.org/x)'],
  ])('accept %s', (_name, markdown) => {
    expect(check(markdown)).toEqual([]);
  });

  it.each([
    ['an unknown script', 'Run `npm run fly`.', 'README.md:1: no npm script is called "fly"'],
    ['an unknown script in a block', '```sh\nnpm run fly\n```', 'README.md:2: no npm script is called "fly"'],
    ['a dead link', '[more](docs/b.md)', 'README.md:1: the link docs/b.md leads nowhere'],
    ['a missing heading', '[more](docs/a.md#gone)', 'README.md:1: docs/a.md has no heading #gone'],
    ['a missing path', 'see `db/gone.ts`', 'README.md:1: db/gone.ts does not exist'],
  ])('name %s', (_name, markdown, expected) => {
    expect(check(markdown)).toEqual([expected]);
  });
});
