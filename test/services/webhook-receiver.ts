import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebhookSettings } from '../../apps/server/src/webhooks/webhook-client.js';

/** One message as it came. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

/** What a receiver does about a message; taken, unless told. */
export type Receiving = (message: Received, response: ServerResponse) => void | Promise<void>;

/** Specs and receivers are on this machine. */
export const REACHES_THIS_MACHINE = new WebhookSettings(['127.0.0.0/8'], true);

/** A receiver of webhooks, as well or badly behaved as a spec wants it. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** By path. */
  readonly behaviours = new Map<string, Receiving>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    server.on('request', (request, response) => void this.receive(request, response));
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebhookReceiver(server);
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  of(path: string): readonly Received[] {
    return this.received.filter((message) => message.path === path);
  }

  /** Those that were taken at a path: events by their ids, in the order in which they came. */
  idsOf(path: string): readonly string[] {
    return this.of(path).map(({ headers }) => headers['webhook-id']!);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await Promise.resolve();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    } catch {
      return;
    }
    const message = {
      path: request.url!,
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString(),
      at: performance.now(),
    };
    this.received.push(message);
    const behaviour = this.behaviours.get(message.path);
    if (behaviour) await behaviour(message, response);
    else response.end('ok');
  }
}
