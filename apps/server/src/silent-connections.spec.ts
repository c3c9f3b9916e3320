import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SilentConnections } from './silent-connections.js';

describe('a server that stops', () => {
  let server: Server;
  let silent: SilentConnections;
  let answer: () => void;

  beforeEach(async () => {
    server = createServer((_, response) => {
      answer = () => void response.end('answered');
    });
    silent = new SilentConnections(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => server.closeAllConnections());

  const open = async (): Promise<Socket> => {
    const accepted = once(server, 'connection');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await accepted;
    return socket;
  };

  it('does not wait for those who have said nothing', async () => {
    const sockets = [await open(), await open()];
    const ended = Promise.all(sockets.map((socket) => once(socket, 'close')));
    const closed = once(server, 'close');
    server.close();
    silent.close();
    await Promise.all([ended, closed]);
  });

  it('answers those who have', async () => {
    const socket = await open();
    const asked = once(server, 'request');
    socket.write('GET / HTTP/1.1\r\nhost: recount\r\nconnection: close\r\n\r\n');
    await asked;
    server.close();
    silent.close();
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    answer();
    await once(socket, 'close');
    expect(heard).toContain('answered');
  });

  it('ends those who come meanwhile and say nothing', async () => {
    silent.close();
    const socket = await open();
    await once(socket, 'close');
  });
});
