import { answerOf, ApiProblem, createRecountClient, type RecountClient, type Resource } from '#client';

/** The demo's own limit: what it sends in a minute is more than a key may in an hour. */
const REQUESTS_PER_HOUR = 1_000_000;
const LOOKS_MAX = 40;

export interface DemoPlace {
  readonly url: string;
  /** Of somebody who may create tenants. */
  readonly key: string;
}

interface Told {
  readonly log: { readonly position: string };
}

/** A test tenant as any customer of the API sees it. Every command has a name, so that it counts once, however often the demo is run. */
export class DemoTenant {
  private position = 0n;

  private constructor(
    readonly url: string,
    readonly client: RecountClient,
    readonly tenant: Resource<'CreatedTenantResource'>,
  ) {}

  /** The same again, if it is there already. */
  static async create({ url, key }: DemoPlace, name: string, startAt: string): Promise<DemoTenant> {
    const tenant = await answerOf(
      createRecountClient({ baseUrl: url, key }).POST('/v1/tenants', {
        body: { name, mode: 'test', startAt, requestsPerHour: REQUESTS_PER_HOUR },
        headers: named(`demo ${encodeURIComponent(name)}`),
      }),
    );
    return new DemoTenant(url, createRecountClient({ baseUrl: url, key: tenant.apiKey }), tenant);
  }

  get clockId(): string {
    return this.tenant.testClockId!;
  }

  /** Read models are asked for what they say once they know everything that this demo has told. */
  get consistent(): Record<string, string> {
    return { 'Recount-Consistent-With': this.position.toString() };
  }

  /** What a command answers; null where it was done in an earlier run, by what was known then. */
  async tell<Answer extends Told>(
    name: string,
    ask: (headers: Record<string, string>) => Parameters<typeof answerOf<Answer>>[0],
  ): Promise<Answer | null> {
    try {
      const answer = await answerOf<Answer>(ask(named(name)));
      this.seen(answer);
      return answer;
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'idempotency_key_reused') return null;
      throw error;
    }
  }

  seen({ log: { position } }: Told): void {
    if (BigInt(position) > this.position) this.position = BigInt(position);
  }

  async now(): Promise<string> {
    const { now } = await answerOf(
      this.client.GET('/v1/test-clocks/{id}', { params: { path: { id: this.clockId } }, headers: this.consistent }),
    );
    return now;
  }

  /** Lets time pass, and waits until everything that falls due in it is done. */
  async advance(to: string): Promise<void> {
    for (let look = 0; look < LOOKS_MAX; look++) {
      const clock = await answerOf(
        this.client.POST('/v1/test-clocks/{id}/advance', {
          params: { path: { id: this.clockId } },
          body: { to },
          headers: named(`advance ${to} ${look}`),
        }),
      );
      this.seen(clock);
      if (clock.status === 'ready') return;
    }
    throw new Error(`What falls due by ${to} is not done after all this time: is a worker running?`);
  }
}

/** A header has one value: no comma, and nothing that a seed could bring along. */
const named = (name: string): Record<string, string> => ({ 'idempotency-key': name });
