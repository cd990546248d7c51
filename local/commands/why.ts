/** `npm run why -- ID|SLUG`: from the draft to the reader, where a course or a lesson is, and what holds it up. */
import { readEngineQueues } from '@eduplatform/indexer/admin/engine-queue';
import { why } from '@eduplatform/indexer/why/why';
import { createPool } from '@eduplatform/db/pool';
import type { WhyAnswer } from '@eduplatform/contracts/http/indexer';
import { renderTable } from '../jobs/table.ts';
import { databaseOfStack, readModelsOfStack } from './running-stack.ts';

const MARKS = { done: '✓', waiting: '…', blocked: '✗' } as const;

async function main([subject]: string[]): Promise<number> {
  if (!subject) throw new Error('Which course or lesson? For example: npm run why -- bread-for-beginners');
  const config = await readModelsOfStack();
  const onError = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const pool = createPool({ connectionString: await databaseOfStack(), applicationName: 'why', onError, max: 4 });
  try {
    const found = await why(
      {
        ...{ db: pool, config, readApiUrl: config.readApiUrl, onError },
        readQueues: () => readEngineQueues(config.search),
        // Only the leader itself knows; its log and its admin API tell.
        errorOf: () => null,
      },
      subject.toLowerCase(),
    );
    if (!found) throw new Error(`There is no course with the id or slug ${subject}, and no such lesson.`);
    tell(found.answer);
    return found.answer.isLive ? 0 : 1;
  } finally {
    await pool.end();
  }
}

function tell({ slug, lessonId, position, steps, blockers, isLive }: WhyAnswer): void {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`${slug}${lessonId ? `, lesson ${lessonId}` : ''}  ${position ?? ''}`);
  say(renderTable(steps.map(({ step, state, at }) => [MARKS[state], step, at ?? ''])));
  for (const { step, code, detail, since } of blockers) {
    say(`${step}: ${detail} (${code}${since ? `, since ${since}` : ''})`);
  }
  say(isLive ? 'live' : `not live: ${blockers.length} in its way`);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 1;
});
