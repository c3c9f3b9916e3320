import { type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import pLimit, { type LimitFunction } from 'p-limit';
import pTimeout from 'p-timeout';

import { type Append, type AppendedAt } from './channel/batch-messages.js';
import { AttemptTimedOut } from './client-errors.js';

/** Bounds memory: the client takes whatever it is given (see `client.ts`). */
const MOST_UNDER_WAY = 512;

/** Appends by the client package: for whatever the channel does not do. */
export class PackageAppends {
  private readonly limit: LimitFunction = pLimit(MOST_UNDER_WAY);

  /** @param answeredWithinMs the package itself waits for ever */
  constructor(private readonly answeredWithinMs: number) {}

  /** @throws AttemptTimedOut, or an error of the package */
  append(client: EventStoreDBClient, append: Append): Promise<AppendedAt> {
    return this.limit(() =>
      pTimeout(appendedBy(client, append), { milliseconds: this.answeredWithinMs, message: new AttemptTimedOut() }),
    );
  }
}

const appendedBy = async (client: EventStoreDBClient, { stream, events, expected }: Append): Promise<AppendedAt> => {
  const proposed = events.map(({ id, type, data, metadata }) => jsonEvent({ id, type, data, metadata }));
  const expectedRevision = typeof expected === 'number' ? BigInt(expected) : expected;
  const { nextExpectedRevision, position } = await client.appendToStream(stream, proposed, { expectedRevision });
  return { revision: Number(nextExpectedRevision), position: position?.commit };
};
