import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { setImmediate as turn } from 'node:timers/promises';
import { DomainError } from '#kernel';
import pTimeout from 'p-timeout';
import { isFault } from '../pipeline/problem.js';
import { KEEP_ALIVE_MILLISECONDS, type Errand, type Failure, type Reply } from './errand.js';
import type { MemberSecret } from './member-secret.js';
import { Messenger } from './messenger.js';

const HANDSHAKE_MILLISECONDS_MAX = 5_000;
const CONNECTIONS_MAX = 256;
/** What is being done when the process is told to stop is ended first, but for so long. */
const END_MILLISECONDS_MAX = 5_000;

export type Doing = (body: never) => Promise<unknown>;

/** Where other members ask this one. Nobody without the installation's secret comes past the handshake. */
export class MemberDoor {
  private readonly connections = new Set<TLSSocket>();
  private readonly underWay = new Set<Promise<void>>();

  private constructor(
    private readonly server: Server,
    private readonly doings: ReadonlyMap<string, Doing>,
    private readonly fault: (error: unknown) => void,
  ) {
    server.on('secureConnection', (socket) => this.welcome(socket));
    // Whoever knows no secret is let go, and no more is said.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.on('error', fault);
  }

  /**
   * @param fault told of what nobody expects: of what fails, of answers that cannot be sent, of the door itself
   * @throws what the system says if it cannot listen there
   */
  static async open(
    secret: MemberSecret,
    id: string,
    { host, port }: { readonly host: string; readonly port: number },
    doings: ReadonlyMap<string, Doing>,
    fault: (error: unknown) => void,
  ): Promise<MemberDoor> {
    const server = createServer({ ...secret.serving(id), handshakeTimeout: HANDSHAKE_MILLISECONDS_MAX });
    server.maxConnections = CONNECTIONS_MAX;
    server.listen(port, host);
    await once(server, 'listening');
    return new MemberDoor(server, doings, fault);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Nobody else comes in; what is being done is answered. */
  async close(): Promise<void> {
    this.server.close();
    // Asked meanwhile, it is done, too: whoever asks knows within a moment that this member has left.
    const done = (async () => {
      while (this.underWay.size > 0) await Promise.all(this.underWay);
    })();
    await pTimeout(done, { milliseconds: END_MILLISECONDS_MAX, message: false });
    // The last answers are written with the end of their turn.
    await turn();
    for (const socket of this.connections) socket.end();
  }

  private welcome(socket: TLSSocket): void {
    this.connections.add(socket);
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MILLISECONDS);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.connections.delete(socket));
    const messenger = new Messenger<Reply, Errand>(socket, (errand) => {
      if (errand === undefined) return messenger.greet();
      const work = this.carryOut(errand).then((reply) => this.answer(messenger, reply));
      this.underWay.add(work);
      void work.then(() => this.underWay.delete(work));
    });
  }

  private async carryOut({ id, kind, body }: Errand): Promise<Reply> {
    try {
      return { id, answer: await this.doings.get(kind)!(body as never) };
    } catch (error) {
      if (!(error instanceof DomainError)) return this.failed(id, error);
      const { code, message, kind: refused, violations } = error;
      return { id, refusal: { code, message, kind: refused, violations } };
    }
  }

  private answer(messenger: Messenger<Reply, Errand>, reply: Reply): void {
    try {
      messenger.send(reply);
    } catch (error) {
      messenger.send(this.failed(reply.id, error));
    }
  }

  private failed(id: number, error: unknown): Failure {
    const wasFault = isFault(error);
    if (wasFault) this.fault(error);
    return { id, failure: String(error), isFault: wasFault };
  }
}
