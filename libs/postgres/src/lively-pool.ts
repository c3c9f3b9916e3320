import pg, { type PoolClient, type PoolConfig } from 'pg';

/** A connection that was heard from within this time needs no question before its use. */
const HEARD_MILLISECONDS = 3_000;
const ANSWER_MILLISECONDS = 2_000;

type Callback = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void;

interface Heard {
  at: number;
  isLent: boolean;
}

/**
 * A pool whose connections are asked whether they are still there before they are lent out, unless they were heard from a moment ago: a
 * peer that has gone silent ends none of them, and each would have to be waited for until its statement is given up.
 */
export class LivelyPool extends pg.Pool {
  private readonly heard = new Map<PoolClient, Heard>();

  constructor(config: PoolConfig) {
    super(config);
    this.on('connect', (client) => this.listenTo(client));
    this.on('acquire', (client) => this.lend(client, true));
    this.on('release', (_, client) => this.lend(client, false));
    this.on('remove', (client) => this.heard.delete(client));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<PoolClient> | void {
    const connecting = this.connectLively();
    if (callback === undefined) return connecting;
    connecting.then(
      (client) => callback(undefined, client, (release) => client.release(release as Error | undefined)),
      (error: unknown) => callback(error as Error, undefined, () => undefined),
    );
  }

  private async connectLively(): Promise<PoolClient> {
    for (;;) {
      const client = await super.connect();
      const known = this.heard.get(client);
      if (known === undefined || performance.now() - known.at < HEARD_MILLISECONDS) return client;
      try {
        await client.query({ text: 'SELECT', query_timeout: ANSWER_MILLISECONDS } as pg.QueryConfig);
        return client;
      } catch (error) {
        client.release(error as Error);
        this.dropSilent();
      }
    }
  }

  private listenTo(client: PoolClient): void {
    const known: Heard = { at: performance.now(), isLent: true };
    this.heard.set(client, known);
    streamOf(client).on('data', () => (known.at = performance.now()));
  }

  private lend(client: PoolClient, isLent: boolean): void {
    const known = this.heard.get(client);
    if (known) known.isLent = isLent;
  }

  /** Where one is silent, its like are not worth a wait each. */
  private dropSilent(): void {
    const since = performance.now() - HEARD_MILLISECONDS;
    for (const [client, { at, isLent }] of this.heard) if (!isLent && at < since) streamOf(client).destroy();
  }
}

const streamOf = (client: PoolClient): NodeJS.ReadableStream & { destroy(): void } =>
  (client as unknown as { readonly connection: { readonly stream: NodeJS.ReadableStream & { destroy(): void } } })
    .connection.stream;
