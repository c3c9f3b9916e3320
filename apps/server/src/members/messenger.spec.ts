import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import { Messenger } from './messenger.js';

/** What is said by one, as the other hears it: in pieces of so many bytes. */
const heardBy = async (pieces: number, ...said: readonly unknown[]): Promise<unknown[]> => {
  const [out, into] = [new PassThrough(), new PassThrough()];
  const speaker = new Messenger<unknown, never>(out, () => undefined);
  const sent: Buffer[] = [];
  out.on('data', (chunk: Buffer) => void sent.push(chunk));
  const heard: unknown[] = [];
  new Messenger<never, unknown>(into, (message) => void heard.push(message));
  for (const message of said) {
    if (message === undefined) speaker.greet();
    else speaker.send(message);
  }
  await turn();
  await turn();
  const bytes = Buffer.concat(sent);
  for (let begin = 0; begin < bytes.length; begin += pieces) {
    into.write(bytes.subarray(begin, begin + pieces));
    await turn();
  }
  return heard;
};

describe('messages', () => {
  const SAID = [
    { id: 1, body: { amount: 12n, quantities: new Map([['seats', undefined]]) } },
    undefined,
    'x'.repeat(100_000),
    null,
  ];

  it.each([1_000_000, 70_000, 997])('arrive whole and in order, in pieces of %i bytes', async (pieces) => {
    expect(await heardBy(pieces, ...SAID)).toEqual(SAID);
  });

  it('arrive in single bytes', async () => {
    expect(await heardBy(1, { id: 7 }, undefined, 'short')).toEqual([{ id: 7 }, undefined, 'short']);
  });

  it('of one turn are one write', async () => {
    const stream = new PassThrough();
    const messenger = new Messenger(stream, () => undefined);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
    messenger.send('one');
    messenger.send('two');
    await turn();
    await turn();
    expect(chunks).toHaveLength(1);
  });

  it('that cannot be told are refused to whoever says them', () => {
    const stream = new PassThrough();
    const messenger = new Messenger(stream, () => undefined);
    expect(() => messenger.send({ call: () => 1 })).toThrow('could not be cloned');
  });

  it.each([
    ['that are no messages', Buffer.from([0, 0, 0, 3, 1, 2, 3])],
    ['too large for any', Buffer.from([255, 255, 255, 255, ...serialize('x')])],
  ])('%s end the connection', async (_, bytes) => {
    const stream = new PassThrough();
    new Messenger(stream, () => undefined);
    const failed = once(stream, 'error');
    stream.write(bytes);
    await failed;
    expect(stream.destroyed).toBe(true);
  });
});
