/** It cannot be done, now or later. */
export class GiveUpError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'GiveUpError';
  }
}
