import cluster, { type Worker } from 'node:cluster';
import { tell, workOf, type Work } from './messages.ts';

/** For how long an outcome is handed out, counted from when its work was begun. */
const KEEP_MS = 30_000;
const MAX_KEYS = 10_000;

interface Job {
  worker: Worker;
  expiresAt: number;
  /** Those that wait for the outcome. */
  waiting: Worker[];
  done?: { outcome: unknown };
}

/** In the primary: knows what which worker does for all (`doOnce`), and what came of it. */
export class WorkBoard {
  /** A Map iterates in the order of insertion, which is that of expiry. */
  readonly #jobs = new Map<string, Job>();

  /** Hears what workers want and have done, from now on. */
  listen(): void {
    cluster.on('message', (worker, message: unknown) => {
      const work = workOf(message);
      if (work) this.#hear(worker, work);
    });
    cluster.on('exit', (worker) => {
      for (const [key, job] of this.#jobs) if (job.worker === worker && !job.done) this.#giveBack(key, job);
    });
  }

  #hear(worker: Worker, said: Work): void {
    const { key } = said;
    const job = this.#jobs.get(key);
    if (said.work === 'wanted') this.#assign(worker, key, job);
    // Whoever waited for too long does the work unasked; what was assigned since is not theirs.
    else if (job?.worker !== worker) return;
    else if (said.work === 'done') {
      job.done = { outcome: said.outcome };
      for (const each of job.waiting.splice(0)) tell(each, { work: 'done', key, outcome: said.outcome });
    } else this.#giveBack(key, job);
  }

  #assign(worker: Worker, key: string, job: Job | undefined): void {
    const now = Date.now();
    if (job && job.expiresAt > now) {
      if (job.done) tell(worker, { work: 'done', key, outcome: job.done.outcome });
      else job.waiting.push(worker);
      return;
    }
    this.#jobs.delete(key);
    this.#forgetOld(now);
    this.#jobs.set(key, { worker, expiresAt: now + KEEP_MS, waiting: job?.waiting ?? [] });
    tell(worker, { work: 'yours', key });
  }

  /** It came to nothing: everybody who waits tries it, at once, rather than one after the other. */
  #giveBack(key: string, { waiting }: Job): void {
    this.#jobs.delete(key);
    for (const each of waiting) tell(each, { work: 'yours', key });
  }

  #forgetOld(now: number): void {
    for (const [key, { expiresAt }] of this.#jobs) {
      if (expiresAt > now && this.#jobs.size < MAX_KEYS) return;
      this.#jobs.delete(key);
    }
  }
}
