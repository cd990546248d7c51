/**
 * Reads HTTP/1.1 responses off one connection, in whatever pieces they arrive, and no more of them than a load generator
 * needs: the status, and where each one ends.
 */
export class ResponseReader {
  readonly #onResponse: (status: number) => void;
  #head = '';
  #status = 0;
  /** Bytes of the body that are still to come; null while the head is read. */
  #left: number | null = null;

  constructor(onResponse: (status: number) => void) {
    this.#onResponse = onResponse;
  }

  /** @throws when a response does not say how long it is: that is not HTTP as the contenders speak it. */
  read(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.#left === null ? this.#readHead(chunk, at) : this.#readBody(chunk, at);
  }

  #readHead(chunk: Buffer, at: number): number {
    // Almost always the head is in one piece; only then is the body not looked at.
    const whole = this.#head === '' ? chunk.indexOf(HEAD_END, at, 'latin1') : -1;
    if (whole !== -1) {
      this.#begin(chunk.toString('latin1', at, whole + 2));
      return whole + HEAD_END.length;
    }
    const before = this.#head.length;
    this.#head += chunk.toString('latin1', at, chunk.length);
    const end = this.#head.indexOf(HEAD_END);
    if (end === -1) return chunk.length;
    this.#begin(this.#head.slice(0, end + 2));
    this.#head = '';
    return at + end + HEAD_END.length - before;
  }

  /** @param head status line and headers, each with its line end */
  #begin(head: string): void {
    this.#status = Number(head.slice(9, 12));
    this.#left = bodyLength(head, this.#status);
    if (this.#left === 0) this.#finish();
  }

  #readBody(chunk: Buffer, at: number): number {
    const taken = Math.min(this.#left ?? 0, chunk.length - at);
    this.#left = (this.#left ?? 0) - taken;
    if (this.#left === 0) this.#finish();
    return at + taken;
  }

  #finish(): void {
    this.#left = null;
    this.#onResponse(this.#status);
  }
}

const HEAD_END = '\r\n\r\n';
const WITHOUT_BODY = new Set([204, 304]);

function bodyLength(head: string, status: number): number {
  if (WITHOUT_BODY.has(status)) return 0;
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without content-length cannot be read:\n${head}`);
  return Number(length);
}
