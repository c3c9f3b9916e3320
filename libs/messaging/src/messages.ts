import { connect, type NatsConnection } from '@nats-io/transport-node';

const CONNECT_MILLISECONDS_MAX = 5_000;

/** The connection to NATS. It carries only what can be sent again from the log: nothing is kept there alone. */
export class Messages {
  private constructor(private readonly connection: NatsConnection) {}

  /** Waits for the first answer; afterwards it reconnects by itself, for ever. @throws Error if nobody answers */
  static async connect(url: string): Promise<Messages> {
    const connection = await connect({
      servers: url,
      name: 'recount',
      timeout: CONNECT_MILLISECONDS_MAX,
      maxReconnectAttempts: -1,
    });
    return new Messages(connection);
  }

  /** @throws Error if the server does not answer */
  async checkHealth(): Promise<void> {
    await this.connection.rtt();
  }

  async close(): Promise<void> {
    // Without a server there is nothing to drain to.
    await this.connection.drain().catch(() => this.connection.close());
  }
}
