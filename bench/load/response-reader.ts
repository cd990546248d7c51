/**
 * Reads HTTP/1.1 responses off one connection, in whatever pieces they arrive, and no more of them than a load generator
 * needs: the status, and where each one ends.
 */
export class ResponseReader {
  readonly #onResponse: (status: number) => void;
  /** Of a line or a head that is not complete yet. */
  #text = '';
  #status = 0;
  #expects: 'head' | 'body' | 'chunk size' | 'chunk' | 'trailer' = 'head';
  /** Bytes that are still to come of a body or, with its line end, of a chunk. */
  #left = 0;

  constructor(onResponse: (status: number) => void) {
    this.#onResponse = onResponse;
  }

  /** @throws when a response does not say how long it is: that is not HTTP as the contenders speak it. */
  read(data: Buffer): void {
    let at = 0;
    while (at < data.length) at = this.#step(data, at);
  }

  /** Answers where to go on. */
  #step(data: Buffer, at: number): number {
    if (this.#expects === 'body' || this.#expects === 'chunk') return this.#skip(data, at);
    const mark = this.#expects === 'head' ? HEAD_END : LINE_END;
    const [text, next] = this.#upTo(mark, data, at);
    if (text === null) return next;
    if (this.#expects === 'head') this.#beginBody(text);
    else if (this.#expects === 'chunk size') this.#beginChunk(Number.parseInt(text, 16));
    // A trailer ends with an empty line.
    else if (text === LINE_END) this.#finish();
    return next;
  }

  /** What ends with `mark`, null while it has not arrived; and where it ends. */
  #upTo(mark: string, data: Buffer, at: number): [string | null, number] {
    // Almost always it is in one piece; only then is what follows not looked at.
    const whole = this.#text === '' ? data.indexOf(mark, at, 'latin1') : -1;
    if (whole !== -1) return [data.toString('latin1', at, whole + 2), whole + mark.length];
    const before = this.#text.length;
    this.#text += data.toString('latin1', at);
    const end = this.#text.indexOf(mark);
    if (end === -1) return [null, data.length];
    const text = this.#text.slice(0, end + 2);
    this.#text = '';
    return [text, at + end + mark.length - before];
  }

  #skip(data: Buffer, at: number): number {
    const taken = Math.min(this.#left, data.length - at);
    this.#left -= taken;
    if (this.#left === 0) {
      if (this.#expects === 'body') this.#finish();
      else this.#expects = 'chunk size';
    }
    return at + taken;
  }

  /** @param head status line and headers, each with its line end */
  #beginBody(head: string): void {
    this.#status = Number(head.slice(9, 12));
    this.#left = WITHOUT_BODY.has(this.#status) ? 0 : Number(/\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1] ?? -1);
    if (this.#left >= 0) {
      this.#expects = 'body';
      if (this.#left === 0) this.#finish();
    } else if (/\r\ntransfer-encoding: *chunked\r\n/i.test(head)) this.#expects = 'chunk size';
    else throw new Error(`an answer that does not say how long it is cannot be read:\n${head}`);
  }

  #beginChunk(size: number): void {
    this.#expects = size === 0 ? 'trailer' : 'chunk';
    this.#left = size + LINE_END.length;
  }

  #finish(): void {
    this.#expects = 'head';
    this.#onResponse(this.#status);
  }
}

const LINE_END = '\r\n';
const HEAD_END = '\r\n\r\n';
const WITHOUT_BODY = new Set([204, 304]);
