import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';

import { Metadata, status } from '@grpc/grpc-js';

import { FrameReader } from './grpc-frames.js';
import { type NodeSession } from './node-session.js';
import { lost, packageError } from './package-errors.js';
import { ProtocolSurprise } from './surprise.js';

export interface Answers {
  /** What it throws ends the call. */
  onMessage(message: Buffer): void;
  /** Once, when nothing comes any more; without an error if the node ended the call well. */
  onOver(error: Error | undefined): void;
}

const OK = String(status.OK);
/** Of HTTP/2 itself: the peer and we do not understand each other. */
const MISUNDERSTANDINGS: readonly (number | string | undefined)[] = [
  'ERR_HTTP2_ERROR',
  constants.NGHTTP2_PROTOCOL_ERROR,
  constants.NGHTTP2_FRAME_SIZE_ERROR,
  constants.NGHTTP2_COMPRESSION_ERROR,
  constants.NGHTTP2_HTTP_1_1_REQUIRED,
];

/** A gRPC call of a session that is connected. What is written to it is framed already. */
export class GrpcCall {
  private readonly stream: ClientHttp2Stream;
  private readonly frames: FrameReader;
  private error: Error | undefined;
  private isAnswered = false;
  /** Whether all that came was taken: its status may be here before that. */
  private isTaken = false;
  /** What arrives after that is not looked at: it does not stop coming at once. */
  private isCancelled = false;

  /** @param mostBytes of a message @throws an error of the package if the connection takes no calls any more */
  constructor(connected: NodeSession, path: string, mostBytes: number, answers: Answers) {
    this.stream = requested(connected, path);
    this.frames = new FrameReader(mostBytes);
    this.stream.on('response', (response) => this.takeResponse(response));
    this.stream.on('trailers', (trailers: IncomingHttpHeaders) => this.takeStatus(trailers));
    this.stream.on('error', (error: Error) => this.fail(error));
    this.stream.on('data', (chunk: Buffer) => {
      if (this.isCancelled) return;
      try {
        for (const message of this.frames.read(chunk)) answers.onMessage(message);
      } catch (error) {
        this.error ??= error as Error;
        this.cancel();
      }
    });
    // The node's status ends the call, also while our side of it is open.
    this.stream.on('end', () => {
      this.isTaken = true;
      this.stream.close();
    });
    this.stream.on('close', () => answers.onOver(this.error ?? this.missing()));
  }

  write(frames: Buffer): void {
    this.stream.write(frames);
  }

  /** Nothing more is written after this; answers may still come. */
  end(frames?: Buffer): void {
    this.stream.end(frames);
  }

  /** Nothing more is taken than what has arrived, until it is resumed: then the node waits. */
  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  cancel(): void {
    this.isCancelled = true;
    this.stream.close(constants.NGHTTP2_CANCEL);
  }

  private missing(): Error | undefined {
    if (!this.isAnswered || !this.isTaken) return lost(`code ${this.stream.rstCode}`);
    return this.frames.isBetweenMessages ? undefined : new ProtocolSurprise('an end within a message');
  }

  private takeResponse(headers: IncomingHttpHeaders): void {
    const { ':status': code, 'content-type': type } = headers;
    if (Number(code) !== constants.HTTP_STATUS_OK || type?.startsWith('application/grpc') !== true) {
      this.fail(new ProtocolSurprise(`HTTP status ${String(code)} and ${type ?? 'no content type'}`));
      this.cancel();
    } else if (headers['grpc-status'] !== undefined) {
      this.takeStatus(headers);
    }
  }

  private takeStatus(trailers: IncomingHttpHeaders): void {
    const code = trailers['grpc-status'];
    if (code === undefined) return;
    this.isAnswered = true;
    if (code !== OK) this.fail(refusalOf(Number(code), trailers));
  }

  /** What was noticed first is the cause of the rest. */
  private fail(error: Error & { readonly code?: number | string }): void {
    this.error ??= isSaid(error) ? error : connectionError(error, this.stream.rstCode);
  }
}

const requested = ({ session, headers }: NodeSession, path: string): ClientHttp2Stream => {
  try {
    return session.request({
      ...headers,
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
  } catch (error) {
    throw lost((error as Error).message);
  }
};

const isSaid = (error: Error): boolean => error instanceof ProtocolSurprise || 'type' in error;

const connectionError = (error: Error & { readonly code?: number | string }, rstCode: number): Error =>
  MISUNDERSTANDINGS.includes(error.code) || MISUNDERSTANDINGS.includes(rstCode)
    ? new ProtocolSurprise('what is no HTTP/2', { cause: error })
    : lost(error.message);

const refusalOf = (code: number, trailers: IncomingHttpHeaders): Error => {
  if (code === Number(status.UNIMPLEMENTED)) return new ProtocolSurprise('that it does not know the call');
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) {
    if (typeof value === 'string' && !key.startsWith(':') && !key.endsWith('-bin')) metadata.set(key, value);
  }
  return packageError(code, messageIn(trailers), metadata);
};

const messageIn = ({ 'grpc-message': message = '' }: IncomingHttpHeaders): string => {
  try {
    return decodeURIComponent(String(message));
  } catch {
    return String(message);
  }
};
