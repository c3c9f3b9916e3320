import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BUILT, StartedStore } from './supervision/started-store.js';

interface LogLine {
  readonly msg: string;
  readonly port?: number;
}

/** The process as somebody starts it at a terminal, with the lines that it writes. */
class Standalone {
  readonly lines: LogLine[] = [];
  readonly ended: Promise<number>;
  private readonly child: ChildProcess;

  constructor(command: string, ...args: readonly string[]) {
    this.child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child.stdout?.on('data', (text: Buffer) => {
      for (const line of text.toString().trim().split('\n')) this.lines.push(JSON.parse(line) as LogLine);
    });
    this.ended = once(this.child, 'close').then(([code]) => code as number);
  }

  async port(): Promise<number> {
    while (this.lines[0]?.port === undefined)
      await once(this.child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
    return this.lines[0].port;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

const clientOf = (port: number): EventStoreDBClient =>
  EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);

const anEvent = (size = 1) => jsonEvent({ type: 'Appended', data: { text: 'x'.repeat(size) } });

describe('the process', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recount-process-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const args = (...more: string[]): string[] => [BUILT, '--data', folder, '--port', '0', '--insecure', ...more];
  const serve = (...more: string[]): Promise<StartedStore> =>
    StartedStore.start(...args(...more).slice(1), '--log-level', 'silent');

  it('by itself says what it is not for, serves, and stops at a signal', async () => {
    const store = new Standalone(process.execPath, ...args());
    const client = clientOf(await store.port());
    await client.appendToStream('a', anEvent());
    await client.dispose();
    store.signal('SIGTERM');
    await expect(store.ended).resolves.toBe(0);
    expect(store.lines.map(({ msg }) => msg)).toEqual([expect.stringContaining('not for production'), 'Stopping.']);
  });

  it('as a child ignores the signals of a terminal, and stops with its parent', async () => {
    const store = await serve();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(store.pid, signal);
    const client = clientOf(store.port);
    await client.appendToStream('a', anEvent());
    await client.dispose();
    await expect(store.stop()).resolves.toBe(0);
  });

  it('ends what is open, as it stops, with a status on which clients reconnect', async () => {
    const store = await serve();
    const client = clientOf(store.port);
    const subscription = client.subscribeToStream('a').resume();
    await once(subscription, 'confirmation');
    const interrupted = once(subscription, 'error');
    await store.stop();
    await expect(interrupted).resolves.toEqual([expect.objectContaining({ type: 'unavailable' })]);
    await client.dispose();
  });

  it('tells in one line that its port is taken', async () => {
    const store = await serve();
    const other = mkdtempSync(join(tmpdir(), 'recount-process-'));
    const second = serve('--data', other, '--port', String(store.port));
    await expect(second).rejects.toThrow(`Port ${store.port} on 127.0.0.1 is taken by another program.`);
    rmSync(other, { recursive: true });
    await store.stop();
  });

  it('waits for one that still has its folder', async () => {
    const first = await serve();
    const second = serve();
    await first.stop();
    await expect((await second).stop()).resolves.toBe(0);
  });

  it('stops when it cannot write, and what it did not answer is there whole or not at all', async () => {
    const limited = new Standalone('bash', '-c', 'ulimit -f 2000; exec "$@"', '-', process.execPath, ...args());
    const client = clientOf(await limited.port());
    let acknowledged = 0;
    const appending = (async () => {
      for (;;) {
        await client.appendToStream('a', [anEvent(20_000), anEvent(20_000)]);
        acknowledged += 2;
      }
    })();
    await expect(appending).rejects.toThrow();
    await expect(limited.ended).resolves.toBe(1);
    expect(limited.lines.at(-1)?.msg).toMatch(/^The event store in .* failed: /u);
    await client.dispose();

    const store = await serve();
    const reader = clientOf(store.port);
    let stored = 0;
    for await (const { event } of reader.readStream('a')) expect(event?.revision).toBe(BigInt(stored++));
    expect(acknowledged).toBeGreaterThan(0);
    expect([acknowledged, acknowledged + 2]).toContain(stored);
    await reader.dispose();
    await store.stop();
  });
});
