import { usageStream, type Reading } from '#contracts';
import { EventLog, type AccountId, type Instant } from '#kernel';
import { propose, subcommand, type Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { packed } from '../packing.js';

/** Those that are under way together share their flushes. */
const APPENDS_MAX = 256;
/** Packs have up to 256 KiB, an append up to 1 MiB. */
const PACKS_PER_APPEND_MAX = 3;

/** Appends readings to the usage streams of their accounts: few events, side by side. */
@Injectable()
export class UsageAppender {
  private readonly limit = pLimit(APPENDS_MAX);

  constructor(private readonly log: EventLog) {}

  /** Position of the last append, once all are durable. */
  async append(
    envelope: Envelope,
    readings: readonly (Reading & { readonly accountId: AccountId })[],
    recordedAt: Instant,
  ): Promise<bigint> {
    const byAccount = Map.groupBy(readings, ({ accountId }) => accountId);
    const positions = await Promise.all(
      [...byAccount].map(([accountId, own]) =>
        this.limit(() => this.appendTo(envelope, accountId, own.map(stored), recordedAt)),
      ),
    );
    return positions.reduce((furthest, position) => (position > furthest ? position : furthest));
  }

  private async appendTo(
    envelope: Envelope,
    accountId: AccountId,
    readings: readonly Reading[],
    recordedAt: Instant,
  ): Promise<bigint> {
    const stream = usageStream(envelope.tenantId, accountId);
    const own = { ...subcommand(envelope, 'usage', accountId), accountId };
    const proposals = propose(packed(readings), stream, own, recordedAt);
    let position = 0n;
    for (let begin = 0; begin < proposals.length; begin += PACKS_PER_APPEND_MAX) {
      const some = proposals.slice(begin, begin + PACKS_PER_APPEND_MAX).map(({ event }) => event);
      ({ position } = await this.log.append(stream, some, 'any'));
    }
    return position;
  }
}

const stored = ({ id, event, at, properties, subscriptionId }: Reading): Reading => ({
  id,
  event,
  at,
  properties,
  ...(subscriptionId === undefined ? {} : { subscriptionId }),
});
