import { once } from 'node:events';
import { connect } from 'node:net';

/** Requests that are sent on one connection before any of them is answered. */
const IN_ROW = 50;

export interface RawPost {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends the same request so many times, all of them before the first is answered; the answers' status lines and bodies. */
export const pipelinedRequests = async (
  post: RawPost,
  count: number,
): Promise<readonly (readonly [number, string])[]> => {
  const rows = Array.from({ length: Math.ceil(count / IN_ROW) }, (_, index) =>
    Math.min(IN_ROW, count - index * IN_ROW),
  );
  return (await Promise.all(rows.map((length) => sendRow(post, length)))).flat();
};

const sendRow = async (
  { url, path, headers, body }: RawPost,
  count: number,
): Promise<(readonly [number, string])[]> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = (close: boolean): string[] => [
    `POST ${path} HTTP/1.1`,
    `host: ${hostname}`,
    ...(close ? ['connection: close'] : []),
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(
    Array.from({ length: count }, (_, index) => `${lines(index === count - 1).join('\r\n')}\r\n\r\n${body}`).join(''),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return answersIn(Buffer.concat(chunks));
};

const answersIn = (bytes: Buffer): (readonly [number, string])[] => {
  const answers: (readonly [number, string])[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n\r\n', at);
    const head = bytes.toString('latin1', at, end);
    const length = Number(/content-length: (\d+)/i.exec(head)![1]);
    answers.push([Number(head.split(' ', 2)[1]), bytes.toString('utf8', end + 4, end + 4 + length)]);
    at = end + 4 + length;
  }
  return answers;
};
