export interface VisitedPage {
  status: number;
  body: string;
  requestId: string;
}

const TIMEOUT_MS = 20_000;

/** Somebody with cookies and without scripts: visits the storefront as a plain browser would. */
export class Visitor {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  get(path: string): Promise<VisitedPage> {
    return this.#send(path, {});
  }

  post(path: string, fields: Record<string, string>): Promise<VisitedPage> {
    return this.#send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: this.#origin },
    });
  }

  async signIn(email: string, password: string): Promise<void> {
    const { status, body } = await this.post('/sign-in', { email, password });
    if (status !== 303) throw new Error(`signing in as ${email} answered ${status}: ${body.slice(0, 300)}`);
  }

  async #send(path: string, init: RequestInit): Promise<VisitedPage> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.#origin + path, {
      ...init,
      headers: { accept: 'text/html', ...(init.headers as Record<string, string>), ...(cookie && { cookie }) },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return {
      status: response.status,
      body: await response.text(),
      requestId: response.headers.get('x-request-id') ?? '',
    };
  }
}
