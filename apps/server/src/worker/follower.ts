import { setTimeout as sleep } from 'node:timers/promises';
import { decodeEvent, type Stored } from '#contracts';
import { EventLogUnavailable, type Event, type EventLog } from '#kernel';
import { isOutage } from '#postgres';
import { SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { ReactorCheckpoints } from '../operational-state/reactor-checkpoints.js';
import { inSpan, linksTo } from '../telemetry/spans.js';

const BATCH_EVENTS = 500;
const RETRY_MILLISECONDS_MAX = 10_000;

/** Acts on the events after a position that nobody has acted on as the log shows it, and answers how far it looked. */
export type LeftToDo = (after: bigint, signal: AbortSignal) => Promise<bigint>;

export interface FollowerOptions {
  /** The most events that it acts on at once. */
  readonly batchEvents?: number;
  readonly leftToDo?: LeftToDo;
}

const nothing: LeftToDo = (after) => Promise.resolve(after);

/**
 * Follows some types of events and acts on them. Acting twice on an event must be harmless: the checkpoint trails behind. Where it costs, what is
 * left to do is found in the log first: a database made anew has no checkpoint.
 */
export class Follower<Fact extends Event> {
  private readonly batchEvents: number;
  private readonly leftToDo: LeftToDo;

  constructor(
    readonly name: string,
    private readonly types: readonly Fact['type'][],
    private readonly act: (events: readonly Stored<Fact>[]) => Promise<void>,
    private readonly log: EventLog,
    private readonly checkpoints: ReactorCheckpoints,
    private readonly logger: Logger,
    { batchEvents = BATCH_EVENTS, leftToDo = nothing }: FollowerOptions = {},
  ) {
    this.batchEvents = batchEvents;
    this.leftToDo = leftToDo;
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.follow(signal, () => (failures = 0));
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        if (!isOutage(error) && !(error instanceof EventLogUnavailable)) {
          this.logger.error({ reactor: this.name, err: error }, 'A reactor was interrupted; it tries again.');
        }
        await sleep(Math.min(100 * 2 ** failures, RETRY_MILLISECONDS_MAX), undefined, { signal }).catch(
          () => undefined,
        );
      }
    }
  }

  private async follow(signal: AbortSignal, progressed: () => void): Promise<void> {
    const saved = await this.checkpoints.of(this.name);
    const after = await this.leftToDo(saved, signal);
    if (after > saved) this.checkpoints.save(this.name, after);
    const batches = this.log.subscribe({
      ...(after > 0n ? { after } : {}),
      filter: { typePrefixes: this.types },
      batchSize: this.batchEvents,
      signal,
    });
    for await (const { events, position } of batches) {
      const wanted = events.filter(({ type }) => this.types.includes(type));
      if (wanted.length > 0) await this.actOn(wanted.map((event) => decodeEvent<Fact>(event)));
      this.checkpoints.save(this.name, position);
      progressed();
    }
  }

  private actOn(events: readonly Stored<Fact>[]): Promise<void> {
    const options = { kind: SpanKind.CONSUMER, root: true, links: linksTo(events) };
    return inSpan(`react ${this.name}`, options, () => this.act(events));
  }
}
