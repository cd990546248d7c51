import type { PreviewResult } from './answers.ts';
import { ask } from './send.ts';

const AFTER_MS = 250;

/** The preview of one text, rendered by the server a moment after the last key. */
export class LivePreview {
  result: PreviewResult = $state.raw({ html: '' });
  /** The newest words could not be rendered yet: what is shown is older. */
  isStale: boolean = $state(false);

  #shown: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;

  /** Begins with a text that is already rendered. */
  constructor(source: string, rendered: PreviewResult) {
    this.#shown = source;
    this.result = rendered;
  }

  update(source: string): void {
    if (source === this.#shown) return;
    this.#shown = source;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(source), AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  async #ask(source: string): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const { answer } = await ask<PreviewResult>('/studio/preview', {
      method: 'POST',
      headers: { 'content-type': 'text/markdown' },
      body: source,
      signal: asking.signal,
    });
    if (asking.signal.aborted) return;
    this.isStale = !answer || (answer.html === null && answer.failure.errors.length === 0);
    if (answer && !this.isStale) this.result = answer;
  }
}
