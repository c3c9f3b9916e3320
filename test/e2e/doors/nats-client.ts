import { connect, headers as natsHeaders, type NatsConnection } from '@nats-io/transport-node';
import { requestToken } from '#client';
import { kindOf } from '../../../apps/server/src/doors/doorway.js';
import { routes } from '../../services/routes.js';
import type { DoorClient, Reply } from './door-client.js';

const PATIENCE_MILLISECONDS = 240_000;

/** Recount by NATS, as a program that knows subjects and JSON sees it. */
export class NatsDoorClient implements DoorClient {
  readonly door = 'NATS';

  private constructor(
    private readonly connection: NatsConnection,
    private readonly key: string,
    private readonly patience: number,
  ) {}

  static async connect(url: string, key: string, patience = PATIENCE_MILLISECONDS): Promise<NatsDoorClient> {
    return new NatsDoorClient(await connect({ servers: url }), key, patience);
  }

  withKey(key: string): NatsDoorClient {
    return new NatsDoorClient(this.connection, key, this.patience);
  }

  ask(operation: string, payload: object, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const route = routes().find((candidate) => candidate.operation?.name === operation)!;
    const kind = kindOf(route) === 'command' ? 'commands' : 'queries';
    return this.raw(`recount.${kind}.${operation}`, JSON.stringify(payload), headers);
  }

  async raw(subject: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const said = natsHeaders();
    if (this.key !== '')
      said.set('Authorization', `Bearer ${await requestToken(this.key, { subject, headers, body })}`);
    for (const [name, value] of Object.entries(headers)) said.set(name, value);
    const message = await this.connection.request(subject, body, { headers: said, timeout: this.patience });
    const told = Object.fromEntries(
      [...message.headers!].map(([name, [value]]) => [name.toLowerCase(), value!] as const),
    );
    return { status: Number(told['recount-status']), headers: told, body: message.json() };
  }

  async stop(): Promise<void> {
    await this.connection.close();
  }
}
