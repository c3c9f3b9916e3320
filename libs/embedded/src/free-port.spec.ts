import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort, freePorts } from './free-port.js';

/** Where Linux begins with the ports that it gives to outgoing connections; other systems begin above. */
const EPHEMERAL = 32_768;

describe('a free port', () => {
  it('is none that an outgoing connection could be given before its service comes', async () => {
    const ports = await Promise.all(Array.from({ length: 200 }, () => freePort()));
    for (const port of ports) expect(port).toBeLessThan(EPHEMERAL);
    // Who searches at the same moment finds another one.
    expect(new Set(ports).size).toBeGreaterThan(150);
  });

  it('is another one for each that is asked for at once', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
  });

  it('is none that somebody listens on, and is found from the end of the range on, too', async () => {
    const taken = await freePort(EPHEMERAL - 1);
    const server = createServer().listen(taken, '127.0.0.1');
    await once(server, 'listening');
    try {
      const next = await freePort(taken);
      expect(next).not.toBe(taken);
      expect(next).toBeLessThan(EPHEMERAL);
    } finally {
      server.close();
    }
  });
});
