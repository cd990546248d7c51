/** A task as the search server tells of it. */
interface ToldTask {
  uid: number;
  status: string;
  error?: object | null;
}

/** What tasks are said to have come to, whatever they came to. */
export class TaskAnswers {
  readonly #failed = new Map<number, string>();
  /** No task seems to end. */
  hidesEnds = false;

  /** The task is said to have failed, with a code of the search server. */
  fail(uid: number, code: string): void {
    this.#failed.set(uid, code);
  }

  /** An answer of the server to `GET /tasks` or `GET /tasks/:uid`, with what it is to say. */
  rewrite(path: string, text: string): string {
    const isList = path === '/tasks';
    if (!isList && !/^\/tasks\/\d+$/.test(path)) return text;
    const answer = JSON.parse(text) as ToldTask & { results?: ToldTask[] };
    return JSON.stringify(
      isList ? { ...answer, results: answer.results?.map((task) => this.#told(task)) } : this.#told(answer),
    );
  }

  #told<T extends ToldTask>(task: T): T {
    const code = this.#failed.get(task.uid);
    if (code !== undefined) return { ...task, status: 'failed', error: refusal(code) };
    return this.hidesEnds ? { ...task, status: 'processing', error: null } : task;
  }
}

/** An error of the server itself, as its answers tell it. */
export const refusal = (code: string) => ({ message: `made to fail: ${code}`, code, type: 'system', link: '' });
