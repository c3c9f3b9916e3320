import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';

import { NotJson } from '../messages.js';
import { GrpcCall } from './grpc-call.js';
import { framed } from './grpc-frames.js';
import { type NodeSession } from './node-session.js';
import { encodeReadRequest, type ReadRequest } from './read-messages.js';
import { Sessions } from './sessions.js';
import { ProtocolSurprise } from './surprise.js';

export interface ReadAnswers {
  /** Whether there is room for more. If not, `goOn` is called as soon as there is: until then the node waits. */
  readonly onMessage: (message: Buffer, goOn: () => void) => boolean;
  /** Once, when nothing comes any more; without an error if all has come. */
  readonly onOver: (error?: Error) => void;
}

const { path } = StreamsService.read;
/** What the package takes. */
const MOST_BYTES_OF_A_MESSAGE = 17 * 1024 * 1024;

/**
 * Reads over one connection: not that of appends, whose answers would wait behind what is read. Many messages come in one piece, and are taken one after
 * the other: what is paid for each piece is paid once for them.
 */
export class ReadChannel {
  private readonly sessions: Sessions;
  private current: Promise<NodeSession> | undefined;

  constructor(connect: () => Promise<NodeSession>, connectedWithinMs: number) {
    this.sessions = new Sessions(connect, connectedWithinMs);
  }

  /** Whether it is worth trying. */
  get isUsable(): boolean {
    return this.sessions.isUsable;
  }

  /** @throws NotByChannel, or an error of the package */
  async open(request: ReadRequest, answers: ReadAnswers): Promise<{ close(): void }> {
    const encoded = encodeReadRequest(request);
    const connected = await this.connected();
    const call = this.call(connected, answers);
    call.end(Buffer.concat(framed(encoded)));
    return { close: () => call.cancel() };
  }

  close(): void {
    this.sessions.close();
  }

  private call(connected: NodeSession, answers: ReadAnswers): GrpcCall {
    const goOn = (): void => call.resume();
    const call = new GrpcCall(connected, path, MOST_BYTES_OF_A_MESSAGE, {
      onMessage: (message) => {
        if (!taken(answers, message, goOn)) call.pause();
      },
      onOver: (error) => {
        if (error instanceof ProtocolSurprise) this.sessions.surprised();
        answers.onOver(error);
      },
    });
    return call;
  }

  /** One for all who read, until it ends or its node goes. */
  private connected(): Promise<NodeSession> {
    if (this.current !== undefined) return this.current;
    const connecting = this.sessions.another();
    const leave = (): void => {
      if (this.current === connecting) this.current = undefined;
    };
    connecting.then(({ session }) => session.on('goaway', leave).on('close', leave), leave);
    this.current = connecting;
    return connecting;
  }
}

const taken = (answers: ReadAnswers, message: Buffer, goOn: () => void): boolean => {
  try {
    return answers.onMessage(message, goOn);
  } catch (error) {
    throw error instanceof NotJson ? error : new ProtocolSurprise('what is no answer to a read', { cause: error });
  }
};
