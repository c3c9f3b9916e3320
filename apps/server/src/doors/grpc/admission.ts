import { constants, type ServerHttp2Stream } from 'node:http2';
import {
  ServerInterceptingCall,
  status as StatusCode,
  type Metadata,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import type { ProblemResource } from '../../pipeline/problem.resource.js';
import type { DoorAnswer } from '../doorway.js';
import { SERVICE } from './definition.js';
import { failureOf, type Failure } from './failure.js';

/** Who calls, and what. */
export interface Arrival {
  readonly rpc: string;
  readonly metadata: Metadata;
  /** An address, without the port. */
  readonly peer: string;
}

/** Answers the refusal of a call, or null where it is let in. */
export type Admit = (arrival: Arrival) => Promise<DoorAnswer | null>;

/** Health and reflection are asked by everybody, in few words. */
const PUBLIC_MESSAGE_BYTES_MAX = 4 * 1024;

/** What grpc-js keeps to itself: the two places where a call has the size that is one for all methods, and its stream. */
interface OpenedCall {
  maxReceiveMessageSize: number;
  readonly decoder: { maxReadMessageLength: number };
  readonly stream: ServerHttp2Stream;
}

/**
 * Lets calls in by their metadata: before that, nothing of their message is read from the connection, and so none is decoded. What
 * was let in has to arrive in time.
 */
export const admission =
  (admit: Admit, arrivalMilliseconds: number): ServerInterceptor =>
  ({ path }, call) => {
    if (!path.startsWith(`/${SERVICE}/`)) return publicCall(call);
    const rpc = path.slice(SERVICE.length + 2);
    const late = new Lateness(call, arrivalMilliseconds);
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, pass) => {
            void admit({ rpc, metadata, peer: addressIn(call.getPeer()) }).then((refusal) => {
              if (refusal) return turnAway(call, failureIn(refusal));
              late.begin();
              pass(metadata);
            });
          },
          onReceiveHalfClose: (pass) => {
            late.end();
            pass();
          },
          onCancel: () => late.end(),
        }),
    });
  };

/** Told to send no more: megabytes that are on their way would keep the connection from its other calls. */
const turnAway = (call: ServerInterceptingCallInterface, failure: Failure): void => {
  call.sendStatus(failure);
  (call as unknown as OpenedCall).stream.close(constants.NGHTTP2_NO_ERROR);
};

const publicCall = (call: ServerInterceptingCallInterface): ServerInterceptingCall => {
  const sized = call as unknown as OpenedCall;
  sized.maxReceiveMessageSize = PUBLIC_MESSAGE_BYTES_MAX;
  sized.decoder.maxReadMessageLength = PUBLIC_MESSAGE_BYTES_MAX;
  return new ServerInterceptingCall(call);
};

/** Ends a call whose message does not come. */
class Lateness {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly call: ServerInterceptingCallInterface,
    private readonly milliseconds: number,
  ) {}

  begin(): void {
    const details = 'The request took too long to arrive.';
    this.timer = setTimeout(
      () => this.call.sendStatus({ code: StatusCode.DEADLINE_EXCEEDED, details }),
      this.milliseconds,
    ).unref();
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

const failureIn = ({ body, headers }: DoorAnswer): Failure => failureOf(JSON.parse(body) as ProblemResource, headers);

export const addressIn = (peer: string): string => peer.replace(/:\d+$/, '');
