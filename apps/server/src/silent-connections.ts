import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** A connection that comes while the server stops may say at once what it wants, and hear that it stops. */
const LAST_WORD_MILLISECONDS = 200;

/**
 * Connections on which nothing was said yet: a browser's reserve, a probe of the port. Node takes them for busy, and a server
 * that stops would wait for them until they time out.
 */
export class SilentConnections {
  private readonly open = new Set<Socket>();
  private closing = false;

  /** @param patienceMilliseconds how long nothing may be said; for ever unless told */
  constructor(server: EventEmitter, patienceMilliseconds?: number) {
    server.on('connection', (socket: Socket) => {
      if (patienceMilliseconds !== undefined) {
        const late = setTimeout(() => endIfSilent(socket), patienceMilliseconds).unref();
        socket.once('close', () => clearTimeout(late));
      }
      if (this.closing) socket.setTimeout(LAST_WORD_MILLISECONDS, () => endIfSilent(socket));
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  close(): void {
    this.closing = true;
    for (const socket of this.open) endIfSilent(socket);
  }
}

const endIfSilent = (socket: Socket): void => {
  if (socket.bytesRead === 0) socket.destroy();
};
