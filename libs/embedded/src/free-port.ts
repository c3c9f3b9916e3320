import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Systems take the ports of outgoing connections from above: Linux from 32768, others from 49152 on. */
const LOWEST = 20_000;
const HIGHEST = 32_767;

/**
 * A port that nobody listens on, and that no outgoing connection is given: one that was found free stays free until its service comes to it, and while
 * that is down between two starts.
 * @param first where the search begins; anywhere unless told, so that those who search at once find different ones
 */
export const freePort = async (first = randomInt(LOWEST, HIGHEST + 1)): Promise<number> => {
  for (let port = first, tried = 0; tried <= HIGHEST - LOWEST; tried++) {
    if (await isFree(port)) return port;
    port = port < HIGHEST ? port + 1 : LOWEST;
  }
  throw new Error(`All ports from ${LOWEST} to ${HIGHEST} are taken.`);
};

/** Different ones, each a {@link freePort}. */
export const freePorts = async (count: number): Promise<number[]> => {
  const ports: number[] = [];
  while (ports.length < count) {
    const last = ports.at(-1);
    const next = last === HIGHEST ? LOWEST : last && last + 1;
    ports.push(await freePort(next));
  }
  return ports;
};

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
};
