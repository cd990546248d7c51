import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { eventually } from '@eduplatform/local/testing/context';

export interface SeenEvent {
  event: string;
  data: string;
  id: string | undefined;
}

/** A reader of server-sent events over a connection of its own. */
export class EventSource {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly events: SeenEvent[] = [];
  /** Lines of heartbeats. */
  heartbeats = 0;
  retryMs: number | null = null;
  isEnded = false;
  readonly #response: IncomingMessage;
  #text = '';

  private constructor(response: IncomingMessage) {
    this.#response = response;
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.#take(chunk));
    response.on('close', () => (this.isEnded = true));
    response.on('error', () => {});
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventSource> {
    const request = get(url, { headers: { accept: 'text/event-stream', ...headers }, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return new EventSource(response);
  }

  /** Waits until so many events of a kind were seen, and answers them. */
  async seen(event: string, count: number): Promise<SeenEvent[]> {
    const ofKind = () => this.events.filter((each) => each.event === event);
    await eventually(() => ofKind().length >= count);
    return ofKind();
  }

  ended(): Promise<unknown> {
    return eventually(() => this.isEnded);
  }

  /** Reads no more, and keeps the connection. */
  pause(): void {
    this.#response.pause();
  }

  close(): void {
    this.#response.destroy();
  }

  #take(chunk: string): void {
    const blocks = (this.#text + chunk).split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) this.#understand(block);
  }

  #understand(block: string): void {
    if (block === ':') this.heartbeats += 1;
    const fields = new Map(block.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
    const [retry, event, data] = [fields.get('retry'), fields.get('event'), fields.get('data')];
    if (retry !== undefined) this.retryMs = Number(retry);
    if (event !== undefined && data !== undefined) this.events.push({ event, data, id: fields.get('id') });
  }
}
