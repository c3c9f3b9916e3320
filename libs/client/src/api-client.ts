import { problemIn } from './api-problem.js';

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The API by paths alone, for programs that send JSON that others have written: the CLI, the trace, benchmarks. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  get<Answer>(path: string, options?: CallOptions): Promise<Answer> {
    return this.call<Answer>('GET', path, undefined, options);
  }

  post<Answer>(path: string, body: unknown = {}, options?: CallOptions): Promise<Answer> {
    return this.call<Answer>('POST', path, body, options);
  }

  /** A body that is JSON already. */
  postText<Answer>(path: string, text: string): Promise<Answer> {
    return this.send<Answer>('POST', path, text, {});
  }

  put<Answer>(path: string, body: unknown, options?: CallOptions): Promise<Answer> {
    return this.call<Answer>('PUT', path, body, options);
  }

  patch<Answer>(path: string, body: unknown, options?: CallOptions): Promise<Answer> {
    return this.call<Answer>('PATCH', path, body, options);
  }

  /** Every element of a list, page by page. */
  async all<Element>(path: string): Promise<Element[]> {
    const elements: Element[] = [];
    let after: string | null = null;
    do {
      const query = new URLSearchParams({ limit: '200', ...(after === null ? {} : { after }) });
      const page: { data: Element[]; page: { next: string | null } } = await this.get(
        `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`,
      );
      elements.push(...page.data);
      after = page.page.next;
    } while (after !== null);
    return elements;
  }

  private call<Answer>(method: string, path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
    return this.send<Answer>(method, path, body === undefined ? undefined : JSON.stringify(body), options);
  }

  /** @throws ApiProblem | TypeError if nobody answers */
  private async send<Answer>(
    method: string,
    path: string,
    text: string | undefined,
    { headers, signal }: CallOptions,
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
      ...(signal ? { signal } : {}),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw problemIn(response, answer);
    return answer as Answer;
  }
}
