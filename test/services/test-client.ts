import { randomUUID } from 'node:crypto';

/** An answer as it came, whatever it says. */
export interface Answer<Body = Any> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

// Answers are looked into, not typed: what they say is what specs are about.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Any = any;

export interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is, instead of JSON. */
  readonly text?: string | Uint8Array<ArrayBuffer>;
  /** Ends the patience with an answer. */
  readonly signal?: AbortSignal;
}

/** The API as one tenant sees it, with answers in full. */
export class TestClient {
  /** The last place in the log that an answer named. */
  private position = 0n;

  constructor(
    readonly url: string,
    readonly key: string,
    /** Until the read models know everything that was written so far; without it, a read waits for what this client was answered. */
    private readonly caughtUp?: () => Promise<void>,
  ) {}

  get(path: string, headers?: Asking['headers']): Promise<Answer> {
    return this.ask('GET', path, undefined, headers ? { headers } : {});
  }

  post(path: string, body: unknown = {}, headers?: Asking['headers']): Promise<Answer> {
    return this.ask('POST', path, body, headers ? { headers } : {});
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.ask('PUT', path, body);
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.ask('PATCH', path, body);
  }

  /** What a request that must work answers. */
  async done(method: string, path: string, body?: unknown, headers?: Asking['headers']): Promise<Any> {
    const answer = await this.ask(method, path, body, headers ? { headers } : {});
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Reads what was written before. */
  async read(path: string): Promise<Any> {
    if (this.caughtUp) await this.caughtUp();
    const known = this.caughtUp || this.position === 0n ? undefined : String(this.position);
    return this.done('GET', path, undefined, known === undefined ? undefined : { 'recount-consistent-with': known });
  }

  withKey(key: string): TestClient {
    return new TestClient(this.url, key, this.caughtUp);
  }

  create(path: string, body: unknown = {}): Promise<Any> {
    return this.done('POST', path, body, { 'idempotency-key': randomUUID() });
  }

  async ask(method: string, path: string, body?: unknown, { headers, text, signal }: Asking = {}): Promise<Answer> {
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.url}${path.startsWith('/') ? path : `/v1/${path}`}`, {
      method,
      headers: {
        ...(this.key === '' ? {} : { authorization: `Bearer ${this.key}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
      ...(signal === undefined ? {} : { signal }),
    });
    const type = response.headers.get('content-type') ?? '';
    const read = type.startsWith('text/event-stream') ? await beginningOf(response) : await response.text();
    const answer = /json/.test(type) ? JSON.parse(read) : read;
    this.note(answer);
    return { status: response.status, headers: response.headers, body: answer };
  }

  private note(answer: Any): void {
    const position = BigInt((answer?.log?.position as string | undefined) ?? 0);
    if (position > this.position) this.position = position;
  }
}

/** A stream goes on and on: what it begins with says that it does. */
const beginningOf = async ({ body }: Response): Promise<string> => {
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  const { value = '' } = await reader.read();
  await reader.cancel();
  return value;
};
