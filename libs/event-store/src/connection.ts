import { type EventStoreDBClient } from '@eventstore/db-client';

import { connect } from './client.js';
import { isPoison } from './client-errors.js';

/** The one client of this process, and what keeps it usable. */
export class Connection {
  private readonly closing = new AbortController();
  private readonly retired: EventStoreDBClient[] = [];
  private current: EventStoreDBClient;

  constructor(private readonly connectionString: string) {
    this.current = connect(connectionString);
  }

  get client(): EventStoreDBClient {
    return this.current;
  }

  /** Aborts when the connection is disposed of. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /** A client that keeps answering with an old error is replaced. What others have open on it goes on. */
  replaceIfPoisoned(client: EventStoreDBClient, error: unknown): void {
    if (!isPoison(error) || client !== this.current || this.closed.aborted) return;
    this.retired.push(client);
    this.current = connect(this.connectionString);
  }

  async dispose(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.retired, this.current].map((client) => client.dispose()));
  }
}
