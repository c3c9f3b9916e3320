import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problem } from './problem.js';
import type { ProblemResource } from './problem.resource.js';

const found = (code: string | undefined): ProblemResource => {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem(408, 'request_timeout', 'The request took too long to arrive.');
    case 'HPE_HEADER_OVERFLOW':
      return problem(431, 'headers_too_large', 'The headers are too large.');
    default:
      return problem(400, 'invalid_request', 'This is not HTTP.');
  }
};

/** What never became a request: it came too slowly, or was no HTTP. Answered with a problem like any other, then hung up on. */
export const answerBrokenConnection = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroySoon();
  } else {
    const told = found(error.code);
    const body = JSON.stringify(told);
    hangUpOn(
      socket,
      [
        `HTTP/1.1 ${told.status} ${STATUS_CODES[told.status]}`,
        'content-type: application/problem+json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  }
};

/** Whoever is still sending would lose the answer to a connection that is cut: they have a moment to hang up themselves. */
export const hangUpOn = (socket: Socket, answer = ''): void => {
  const late = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS);
  socket.once('close', () => clearTimeout(late));
  socket.on('error', () => socket.destroy());
  socket.end(answer);
  socket.resume();
};

const LINGER_MILLISECONDS = 1_000;
