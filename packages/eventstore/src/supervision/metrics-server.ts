/** Supervision: metrics over HTTP, on a port of their own. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

import { type Metrics } from './metrics.js';

/** Answers the port. The server does not keep the process alive. */
export const serveMetrics = async ({ registry }: Metrics, host: string, port: number): Promise<number> => {
  const answer = async ({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (url !== '/metrics') return void response.writeHead(404).end();
    if (method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  server.listen(port, host).unref();
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
