/** Notices a server that was set back to an older copy of its data: it gives out the uids of tasks again. */
export class TaskOrder {
  #last = -1;

  /** Whether any of the tasks, which were sent after those before, has a uid that is not greater. */
  isSetBack(uids: readonly number[]): boolean {
    const isSetBack = uids.some((uid) => uid <= this.#last);
    this.#last = Math.max(this.#last, ...uids);
    return isSetBack;
  }
}
