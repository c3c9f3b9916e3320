import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedUuid, type LoggedEvent } from '#kernel';
import { InMemoryEventLog } from '#testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ShelvedEvents } from './shelved-events.js';

describe('events that were put down', () => {
  let log: InMemoryEventLog;
  let shelved: ShelvedEvents;
  let place: string;
  const { TMPDIR } = process.env;

  beforeEach(async () => {
    place = mkdtempSync(join(tmpdir(), 'recount-spec-'));
    process.env['TMPDIR'] = place;
    log = new InMemoryEventLog();
    shelved = await ShelvedEvents.open();
  });
  afterEach(async () => {
    await shelved.close();
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(place, { recursive: true });
  });

  const append = async (stream: string, texts: readonly string[]): Promise<void> => {
    const { length } = await Array.fromAsync(log.readStream(stream));
    const events = texts.map((text, index) => {
      const id = derivedUuid(stream, length + index);
      return { id, type: 'Told', data: { text, more: { list: [1, null] } }, metadata: { chain: text } };
    });
    await log.append(stream, events, 'any');
  };
  const putAll = async (): Promise<void> => {
    for await (const event of log.readAll({ filter: { streamPrefixes: [''] } })) await shelved.put(event);
  };
  const both = async (stream: string): Promise<[LoggedEvent[], LoggedEvent[]]> => [
    await Array.fromAsync(shelved.readStream(stream)),
    await Array.fromAsync(log.readStream(stream)),
  ];

  it('are read stream by stream as the log has them, whatever stands between them', async () => {
    const appends = fc.array(
      fc.record({
        stream: fc.constantFrom('account-a', 'account-b', 'account-c'),
        texts: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\n“ü”\u2028'.repeat(200))), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(appends, async (told) => {
        log = new InMemoryEventLog();
        await shelved.close();
        shelved = await ShelvedEvents.open();
        for (const { stream, texts } of told) await append(stream, texts);
        await putAll();
        for (const stream of ['account-a', 'account-b', 'account-c', 'account-none']) {
          const [read, wanted] = await both(stream);
          expect(read).toEqual(wanted);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are more than what is kept in memory, and go on after they were read', async () => {
    const text = 'x'.repeat(40_000);
    for (let round = 0; round < 60; round++) await append(`account-${round % 7}`, [text, `${round}`]);
    await putAll();
    const streams = Array.from({ length: 7 }, (_, number) => `account-${number}`);
    for (const [read, wanted] of await Promise.all(streams.map(both))) expect(read).toEqual(wanted);
    await append('account-3', ['late']);
    for (const event of (await both('account-3'))[1].slice(-1)) await shelved.put(event);
    const [read, wanted] = await both('account-3');
    expect(read).toEqual(wanted);
  });

  it('leave nothing behind, though their process were killed', async () => {
    await append('account-a', ['one']);
    await putAll();
    const [read, wanted] = await both('account-a');
    expect(read).toEqual(wanted);
    expect(readdirSync(place)).toEqual([]);
  });
});
