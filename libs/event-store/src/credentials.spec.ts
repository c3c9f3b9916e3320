import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:tls';

import { ChildService } from '#embedded';
import { aStream, collect, events } from '#testing';

import { EventStoreDbLog } from './event-store-db-log.js';
import { BUILT } from './temporary-event-store.js';
import { WAYS } from './ways.contract.js';

describe.each(WAYS)('an embedded event store with a password, asked by %s', (way) => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-credentials-'));
  let store: ChildService;

  beforeAll(async () => {
    const args = ['--data', folder, '--port', '0', '--log-level', 'fatal'];
    store = await ChildService.start({ file: BUILT, args });
  });

  afterAll(async () => {
    await store.stop();
    rmSync(folder, { recursive: true });
  });

  const shown = (): string => readFileSync(join(folder, 'credentials'), 'utf8').trim();
  const urlWith = (who: string, host = '127.0.0.1'): string => `esdb://${who}${host}:${store.port}?tls=false`;

  it.each(['127.0.0.1', 'localhost'])('is read and written by whoever shows it, through %s', async (host) => {
    const log = new EventStoreDbLog(urlWith(`${shown()}@`, host), { way });
    const stream = aStream();
    await log.append(stream, events(2), 'no_stream');
    await expect(collect(log.readStream(stream))).resolves.toHaveLength(2);
    await log.dispose();
  });

  it('is read and written through TLS by whoever shows it, to a server that is who it says', async () => {
    const certificate = (name: string): string => resolve('test/services/certificates', `${name}.pem`);
    const identity = { cert: readFileSync(certificate('server')), key: readFileSync(certificate('server-key')) };
    const relay = createServer({ ...identity, ALPNProtocols: ['h2'] }, (secure) => {
      const plain = connect(store.port, '127.0.0.1');
      // Whoever does not trust the server hangs up.
      for (const socket of [secure, plain]) socket.on('error', () => undefined);
      secure.pipe(plain).pipe(secure);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { port } = relay.address() as AddressInfo;
    const secured = (options: string): EventStoreDbLog =>
      new EventStoreDbLog(`kurrentdb://${shown()}@localhost:${port}${options}`, {
        way,
        appends: { retryWithinMs: 0 },
      });
    const log = secured(`?tlsCAFile=${encodeURIComponent(certificate('ca'))}`);
    const stream = aStream();
    await log.append(stream, events(2), 'no_stream');
    await expect(collect(log.readStream(stream))).resolves.toHaveLength(2);
    const distrustful = secured('');
    await expect(distrustful.append(aStream(), events(1), 'no_stream')).rejects.toThrow();
    await Promise.all([log.dispose(), distrustful.dispose()]);
    relay.close();
  });

  it.each<[string, () => string]>([
    ['nothing', () => ''],
    ['another password', () => 'recount:wrong@'],
    ['another user', () => `admin:${shown().split(':')[1]!}@`],
  ])('is neither read nor written by whoever shows %s', async (_, who) => {
    const log = new EventStoreDbLog(urlWith(who()), { way, appends: { attemptMs: 500, retryWithinMs: 0 } });
    await expect(log.append(aStream(), events(1), 'no_stream')).rejects.toThrow();
    await expect(log.head()).rejects.toThrow();
    await expect(collect(log.readStream('a'))).rejects.toThrow();
    await log.dispose();
  });
});
