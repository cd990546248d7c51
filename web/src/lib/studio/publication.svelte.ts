import type { PositionStatus } from '@eduplatform/contracts/positions';
import type { CommandFailed } from './answers.ts';
import type { Draft } from './draft.svelte.ts';
import { coursePath } from './paths.ts';
import { ask } from './send.ts';

export type Stage = 'idle' | 'sending' | 'saved' | 'indexed' | 'live' | 'failed';

/** After this the page says that it takes longer than usual, and goes on asking. */
const SLOW_MS = 8_000;
const ASK_AGAIN_MS = 1_000;

/** One publication (or its end) on its way from the button to the readers; every time is measured here. */
export class Publication {
  kind: 'publish' | 'unpublish' = $state('publish');
  stage: Stage = $state('idle');
  failure: CommandFailed | null = $state.raw(null);
  isSlow: boolean = $state(false);
  /** Milliseconds from the click to each stage that was reached. */
  elapsed: Partial<Record<Stage, number>> = $state({});

  #stopping = new AbortController();
  #slowTimer: ReturnType<typeof setTimeout> | undefined;

  get isUnderWay(): boolean {
    return this.stage === 'sending' || this.stage === 'saved' || this.stage === 'indexed';
  }

  /** Resolves when readers have it, or when the command was refused. */
  async run(draft: Draft, kind: 'publish' | 'unpublish'): Promise<void> {
    this.stop();
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    const startedAt = performance.now();
    const reach = (stage: Stage) => {
      this.stage = stage;
      this.elapsed = { ...this.elapsed, [stage]: performance.now() - startedAt };
    };
    this.kind = kind;
    this.failure = null;
    this.isSlow = false;
    this.elapsed = {};
    this.stage = 'sending';
    // A retry by itself would publish what the teacher has not seen.
    const { done, failed } = await draft.command(`${coursePath(draft.course.id)}?/${kind}`, new FormData(), {
      retry: false,
      onDone: () => reach('saved'),
    });
    if (!done) {
      this.failure = failed ?? null;
      this.stage = 'failed';
      return;
    }
    this.#slowTimer = setTimeout(() => (this.isSlow = true), SLOW_MS);
    if (done.position && !(await this.#until(signal, () => isIndexed(done.position ?? '', signal)))) return;
    reach('indexed');
    const expected = kind === 'publish' ? (done.revision ?? null) : null;
    if (!(await this.#until(signal, () => isLive(draft.course.id, expected, signal)))) return;
    reach('live');
    clearTimeout(this.#slowTimer);
    this.isSlow = false;
  }

  stop(): void {
    this.#stopping.abort();
    clearTimeout(this.#slowTimer);
  }

  /** Asks until the answer is yes; false when it was stopped. The first answers wait on the server, so this rarely turns. */
  async #until(signal: AbortSignal, check: () => Promise<boolean>): Promise<boolean> {
    while (!signal.aborted) {
      if (await check()) return true;
      await pause(ASK_AGAIN_MS, signal);
    }
    return false;
  }
}

async function isIndexed(position: string, signal: AbortSignal): Promise<boolean> {
  const { answer } = await ask<PositionStatus>(`/studio/positions/${position}`, { signal });
  return answer?.live ?? false;
}

/** Whether the read API shows this revision or a later one; for null, whether it shows none. */
async function isLive(courseId: string, expected: number | null, signal: AbortSignal): Promise<boolean> {
  const { answer } = await ask<{ revision: number | null }>(`/studio/courses/${courseId}/live`, { signal });
  if (!answer) return false;
  return expected === null ? answer.revision === null : (answer.revision ?? 0) >= expected;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
