import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Stands between a program and its server. It can fall silent: connections stay open, new ones are taken, and nothing is
 * forwarded. Or it can be cut: connections are reset, and so are new ones.
 */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private readonly waiting = new Set<() => void>();
  private silence: 'none' | 'holds' | 'loses' = 'none';
  private isCut = false;

  private constructor(
    private readonly server: Server,
    private upstreamPort: number,
  ) {}

  static async before(upstreamPort: number): Promise<Relay> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const relay = new Relay(server, upstreamPort);
    server.on('connection', (socket) => relay.join(socket));
    return relay;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** The same URL, by way of this relay. */
  of(url: string): string {
    return url.replace(`:${this.upstreamPort}`, `:${this.port}`);
  }

  /** @param kept whether what is sent meanwhile arrives afterwards; otherwise its connections stay silent for ever */
  fallSilent(kept: 'holds' | 'loses'): void {
    this.silence = kept;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Its server is somewhere else from now on; connections that there are stay where they lead to. */
  leadTo(upstreamPort: number): void {
    this.upstreamPort = upstreamPort;
  }

  goOn(): void {
    this.silence = 'none';
    this.isCut = false;
    for (const forward of this.waiting) forward();
    this.waiting.clear();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(socket: Socket): void {
    if (this.isCut) {
      socket.resetAndDestroy();
      return;
    }
    const upstream = connect(this.upstreamPort, '127.0.0.1');
    const pair = { isLost: false };
    this.carry(socket, upstream, pair);
    this.carry(upstream, socket, pair);
  }

  private carry(from: Socket, to: Socket, pair: { isLost: boolean }): void {
    this.sockets.add(from);
    from.on('error', () => undefined);
    from.on('data', (bytes) => {
      if (pair.isLost || this.silence === 'loses') {
        pair.isLost = true;
      } else if (this.silence === 'holds') {
        from.pause();
        this.waiting.add(() => {
          to.write(bytes);
          from.resume();
        });
      } else {
        to.write(bytes);
      }
    });
    from.on('close', () => {
      this.sockets.delete(from);
      // That one side is gone arrives, too, but not before the silence is over.
      if (this.silence === 'none') to.destroy();
      else this.waiting.add(() => to.destroy());
    });
  }
}

/** Before what one installation needs. */
export class Relays {
  private constructor(
    readonly store: Relay,
    readonly database: Relay,
  ) {}

  static async before(storeUrl: string, databaseUrl: string): Promise<Relays> {
    const [store, database] = await Promise.all([storeUrl, databaseUrl].map((url) => Relay.before(portIn(url))));
    return new Relays(store!, database!);
  }

  async stop(): Promise<void> {
    await Promise.all([this.store.stop(), this.database.stop()]);
  }
}

const portIn = (url: string): number => Number(/:(\d+)(?=[/?]|$)/u.exec(url)![1]);
