import { once } from 'node:events';
import { connect } from 'node:net';
import type { Answer } from './test-client.js';

/** Sends a request byte by byte as it is given: what no well-behaved client would let through. */
export const rawRequest = async (
  url: string,
  requestLine: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Answer> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = [
    `${requestLine} HTTP/1.1`,
    `host: ${hostname}`,
    'connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
  ];
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'));
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of socket) chunks.push(chunk as Buffer);
  } catch (error) {
    // Whoever is sent nonsense may hang up on it once it has answered.
    if (chunks.length === 0) throw error;
  }
  return parsed(Buffer.concat(chunks).toString());
};

const parsed = (text: string): Answer => {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine, ...lines] = text.slice(0, end).split('\r\n') as [string, ...string[]];
  const headers = new Headers(lines.map((line) => line.split(': ', 2) as [string, string]));
  const rest = text.slice(end + 4);
  const isJson = /json/.test(headers.get('content-type') ?? '');
  return { status: Number(statusLine.split(' ')[1]), headers, body: isJson ? JSON.parse(rest) : rest };
};
