import { usageShardOf, usageShardStream, type Fact, type UsageShards } from '#contracts';
import { EventLog, type AccountId, type Instant, type ProposedEvent } from '#kernel';
import { propose, subcommand, type Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { packed, type AccountReading } from '../packing.js';

/** Those that are under way together share their flushes. */
const APPENDS_MAX = 256;
/** Packs have up to 256 KiB, an append up to 1 MiB. */
const PACKS_PER_APPEND_MAX = 3;

/** Appends readings to the usage streams of their tenant: few events, side by side. */
@Injectable()
export class UsageAppender {
  private readonly limit = pLimit(APPENDS_MAX);

  constructor(private readonly log: EventLog) {}

  /** Position of the last append, once all are durable: one for each stream that has an account of them, if they are not large. */
  async append(
    envelope: Envelope,
    shards: UsageShards,
    readings: readonly AccountReading[],
    recordedAt: Instant,
  ): Promise<bigint> {
    const byShard = Map.groupBy(readings, ({ accountId }) => usageShardOf(accountId, shards));
    const positions = await Promise.all(
      [...byShard].map(([shard, own]) => this.limit(() => this.appendTo(envelope, shard, own, recordedAt))),
    );
    return positions.reduce((furthest, position) => (position > furthest ? position : furthest));
  }

  private async appendTo(
    envelope: Envelope,
    shard: number,
    readings: readonly AccountReading[],
    recordedAt: Instant,
  ): Promise<bigint> {
    const stream = usageShardStream(envelope.tenantId, shard);
    const events = usageEvents(packed(readings), stream, subcommand(envelope, 'usage', shard), recordedAt);
    let position = 0n;
    for (let begin = 0; begin < events.length; begin += PACKS_PER_APPEND_MAX) {
      ({ position } = await this.log.append(stream, events.slice(begin, begin + PACKS_PER_APPEND_MAX), 'any'));
    }
    return position;
  }
}

/** Each says whose it is, if it is of one account alone. */
const usageEvents = (
  facts: readonly Fact<'UsageRecorded'>[],
  stream: string,
  envelope: Envelope,
  recordedAt: Instant,
): ProposedEvent[] =>
  facts.flatMap((fact) => {
    const accountId = onlyAccount(fact);
    const own = accountId === undefined ? envelope : { ...envelope, accountId };
    return propose([fact], stream, own, recordedAt).map(({ event }) => event);
  });

const onlyAccount = ({ data: { accounts } }: Fact<'UsageRecorded'>): AccountId | undefined =>
  accounts.length === 1 ? accounts[0]!.accountId : undefined;
