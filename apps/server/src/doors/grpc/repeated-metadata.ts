import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';

interface StreamServer {
  prependListener(
    event: 'stream',
    listener: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, flags: number, raw: readonly string[]) => void,
  ): unknown;
}

/**
 * Node keeps the first value of some headers (`authorization`, `if-match`) and forgets the others, before gRPC sees any,
 * and joins the values of all others: here, they stay apart.
 */
export const keepRepeatedMetadata = (servers: Iterable<StreamServer>, names: readonly string[]): void => {
  for (const server of servers) {
    server.prependListener('stream', (_stream, headers, _flags, raw) => {
      for (const name of names) {
        const values = raw.filter((_, index) => index % 2 === 1 && raw[index - 1] === name);
        if (values.length > 1) headers[name] = values;
      }
    });
  }
};
