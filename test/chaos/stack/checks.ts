/** What has to hold of the whole: books and streams verified, read models as if built anew, numbers and public events without a gap. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { everyRow } from '../../services/every-row.js';
import { EventStream } from '../../services/event-stream.js';
import { type Any, TestClient } from '../../services/test-client.js';
import type { Installation } from './installation.js';
import type { Ledger } from './ledger.js';

const CLI = fileURLToPath(new URL('../../../apps/cli/src/main.js', import.meta.url));
const STREAM = 'RECOUNT_EVENTS';
const PUBLISHED_WITHIN_MILLISECONDS = 60_000;
const LOOK_MILLISECONDS = 200;

/** One line for each that does not hold. */
export class Checks {
  private readonly client: TestClient;

  constructor(
    private readonly installation: Installation,
    private readonly ledger: Ledger,
  ) {
    this.client = new TestClient(installation.urls[0]!, installation.key);
  }

  async all(): Promise<readonly string[]> {
    const { urls, key } = this.installation;
    const environment = { ...process.env, RECOUNT_URL: urls[0], RECOUNT_API_KEY: key };
    const found = await Promise.all([
      this.unhealthy(),
      this.numbers(),
      this.publicEvents(),
      failed(environment, 'verify'),
      failed(environment, 'rebuild', 'all', '--compare'),
    ]);
    return found.flat();
  }

  private async unhealthy(): Promise<string[]> {
    const { status, body } = await this.client.get('/health/ready');
    return status === 200 && body.status === 'ok'
      ? []
      : [`/health/ready: ${status} ${JSON.stringify(body.error ?? body)}`];
  }

  /** Of invoices: from one on, each once. */
  private async numbers(): Promise<string[]> {
    const invoices = await everyRow((path) => this.client.done('GET', path), 'invoices');
    const numbers = invoices.map(({ number }) => Number(String(number).replace('INV-', '')));
    const gap = numbers.sort((one, other) => one - other).findIndex((number, index) => number !== index + 1);
    return gap < 0 ? [] : [`invoice numbers: ${gap + 1} is missing or there twice`];
  }

  /** What is told by HTTP is in JetStream, too: each once, in the order of the log, and its sequence has no gap. */
  private async publicEvents(): Promise<string[]> {
    const told = await this.toldEvents();
    const published = await this.publishedEvents(told.length);
    const problems: string[] = [];
    if (!isAscending(told.map(({ position }) => BigInt(position))))
      problems.push('public events are told out of order');
    if (new Set(told.map(({ id }) => id)).size !== told.length) problems.push('public events are told twice');
    const differing = told.findIndex(({ id }, index) => published[index] !== id);
    if (differing >= 0 || published.length !== told.length)
      problems.push(
        `JetStream has ${published.length} events of ${told.length}, and differs from number ${differing + 1} on`,
      );
    return problems;
  }

  /** Through the last acknowledgement. */
  private async toldEvents(): Promise<Any[]> {
    const stream = await EventStream.open<Any>(this.client, 'events?from=start');
    const told: Any[] = [];
    while (BigInt(stream.lastEventId ?? '0') < this.ledger.position) told.push(...(await stream.take(1)));
    await stream.close();
    return told;
  }

  /** Ids, in the order of the stream. What comes behind those that were told is of no interest. */
  private async publishedEvents(count: number): Promise<string[]> {
    const { host, username: user, password: pass } = new URL(this.installation.natsUrl);
    const connection = await connect({ servers: host, user, pass });
    try {
      const manager = await jetstreamManager(connection);
      const giveUpAt = performance.now() + PUBLISHED_WITHIN_MILLISECONDS;
      for (;;) {
        const { state } = await manager.streams.info(STREAM);
        if (state.messages >= count || performance.now() > giveUpAt) break;
        await sleep(LOOK_MILLISECONDS);
      }
      const consumer = await jetstream(connection).consumers.get(STREAM);
      const { num_pending: pending } = await consumer.info();
      const ids: string[] = [];
      const wanted = Math.min(pending, count);
      if (wanted === 0) return ids;
      for await (const message of await consumer.consume()) {
        ids.push(message.json<{ readonly id: string }>().id);
        if (ids.length === wanted) break;
      }
      return ids;
    } finally {
      await connection.close();
    }
  }
}

const isAscending = (positions: readonly bigint[]): boolean =>
  positions.every((position, index) => index === 0 || positions[index - 1]! <= position);

/** Says what the CLI said, if it found something. */
const failed = async (environment: NodeJS.ProcessEnv, ...command: readonly string[]): Promise<string[]> => {
  const child = spawn(process.execPath, [CLI, ...command], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer): void => void (said += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return [];
  const lines = said.split('\n').filter((line) => line.startsWith('✗') || code === 2);
  return [`recount ${command.join(' ')} ended with ${code}: ${lines.slice(0, 10).join(' | ')}`];
};
