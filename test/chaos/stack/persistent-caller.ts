/** A caller who sends the same request again, under the same key, until he knows what became of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, TestClient } from '../../services/test-client.js';

/** Longer than the product takes for any answer, on a busy machine, too. */
const PATIENCE_MILLISECONDS = 25_000;
const PAUSE_MILLISECONDS = 200;
/** Whatever befalls the product, it is over by then. */
const GIVES_UP_AFTER_MILLISECONDS = 300_000;

type Headers = Readonly<Record<string, string>>;

/** What all callers were told so far. */
export class Answers {
  readonly byCode = new Map<string, number>();
  /** What must never be answered. */
  readonly wrong: string[] = [];
  longest = { milliseconds: 0, what: '' };
  acknowledged = 0;

  /** @param isExcused whether the server had no chance to answer between these two moments */
  constructor(private readonly isExcused: (from: number, to: number) => boolean) {}

  note(what: string, { status, body }: Answer): void {
    this.count(status < 300 ? `${status}` : `${status} ${String((body as { code?: unknown }).code)}`);
    if (status === 500) this.wrong.push(`${what}: ${status} ${JSON.stringify(body)}`);
  }

  count(code: string): void {
    this.byCode.set(code, (this.byCode.get(code) ?? 0) + 1);
  }

  missed(what: string, from: number, error: unknown): void {
    const isLate = error instanceof DOMException;
    this.count(isLate ? 'no answer in time' : 'no connection');
    if (isLate && !this.isExcused(from, performance.now())) this.wrong.push(`${what}: no answer in time`);
  }

  took(milliseconds: number, what: string): void {
    if (milliseconds > this.longest.milliseconds) this.longest = { milliseconds, what };
  }
}

export class PersistentCaller {
  private readonly clients: readonly TestClient[];
  private asked = 0;

  /** @param urls of processes that it asks in turn, each time that it asks again, too */
  constructor(
    urls: readonly string[],
    key: string,
    private readonly answers: Answers,
  ) {
    this.clients = urls.map((url) => new TestClient(url, key));
  }

  /** Until it is acknowledged, or refused for good: which no request of the load is. */
  async done(method: string, path: string, body?: object, headers: Headers = {}): Promise<Answer['body']> {
    const givesUpAt = performance.now() + GIVES_UP_AFTER_MILLISECONDS;
    for (;;) {
      const answer = await this.once(method, path, body, headers);
      if (answer !== undefined && answer.status < 300) {
        this.answers.acknowledged++;
        return answer.body;
      }
      const isStuck = performance.now() > givesUpAt;
      if (isStuck || (answer !== undefined && !mayBeRepeated(answer))) {
        const said = `${JSON.stringify(headers)} ${answer?.status} ${JSON.stringify(answer?.body)}`;
        const refusal = `${method} ${path} was refused${isStuck ? ' again and again' : ''}: ${said}`;
        this.answers.wrong.push(refusal);
        throw new Error(refusal);
      }
      await sleep(PAUSE_MILLISECONDS);
    }
  }

  /** Undefined where no answer came. */
  async once(method: string, path: string, body?: object, headers: Headers = {}): Promise<Answer | undefined> {
    const begun = performance.now();
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    try {
      const answer = await this.clients[this.asked++ % this.clients.length]!.ask(method, path, body, {
        headers,
        signal,
      });
      this.answers.took(performance.now() - begun, `${method} ${path.split('?')[0]} ${answer.status}`);
      this.answers.note(`${method} ${path}`, answer);
      return answer;
    } catch (error) {
      this.answers.missed(`${method} ${path}`, begun, error);
      return undefined;
    }
  }
}

const mayBeRepeated = ({ status, body }: Answer): boolean =>
  status >= 500 || (status === 409 && (body as { code?: unknown }).code === 'idempotency_in_progress');
