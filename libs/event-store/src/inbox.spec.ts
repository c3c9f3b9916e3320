import { describe, expect, it } from '@jest/globals';

import { Inbox } from './inbox.js';

describe('an inbox', () => {
  it('gives all that has arrived together', async () => {
    const inbox = new Inbox<number>();
    const taking = inbox.take();
    inbox.put(1, 1);
    inbox.put(2, 1);
    await expect(taking).resolves.toEqual([1, 2]);
  });

  it('gives no more than is wanted, and keeps the rest', async () => {
    const inbox = new Inbox<number>();
    for (const item of [1, 2, 3]) inbox.put(item, 1);
    await expect(inbox.take(2)).resolves.toEqual([1, 2]);
    expect(inbox.isEmpty).toBe(false);
    await expect(inbox.take(2)).resolves.toEqual([3]);
    expect(inbox.isEmpty).toBe(true);
  });

  it.each<[string, (inbox: Inbox<number>) => void, number]>([
    ['so many are there', (inbox) => [1, 2, 3].forEach((item) => inbox.put(item, 1)), 3],
    ['it is full', (inbox) => inbox.put(1, 8 * 1024 * 1024), 1],
    ['it is over', (inbox) => inbox.end(), 0],
    ['it is told that there is enough', (inbox) => (inbox.put(1, 1), inbox.enough()), 1],
  ])('can be waited for until %s', async (_case, happens, taken) => {
    const inbox = new Inbox<number>();
    let isFilled = false;
    const filling = inbox.filled(3, 60_000).then(() => (isFilled = true));
    inbox.put(0, 1);
    await inbox.take();
    expect(isFilled).toBe(false);
    happens(inbox);
    await filling;
    await expect(inbox.take()).resolves.toHaveLength(taken);
  });

  it('is over as it was first', async () => {
    const [whole, failed] = [new Inbox<number>(), new Inbox<number>()];
    whole.end();
    whole.end(new Error('It was cancelled.'));
    await expect(whole.take()).resolves.toEqual([]);
    failed.end(new Error('It broke off.'));
    failed.end();
    await expect(failed.take()).rejects.toThrow('It broke off.');
  });

  it('is waited for no longer than is given', async () => {
    const inbox = new Inbox<number>();
    inbox.put(1, 1);
    await inbox.filled(2, 1);
    await expect(inbox.take()).resolves.toEqual([1]);
  });

  it.each([
    ['many items', 10_000, 1],
    ['many bytes', 8, 1024 * 1024],
  ])('holds up whoever delivers %s, until somebody takes them', async (_case, items, bytes) => {
    const inbox = new Inbox<number>();
    let went = 0;
    const goOn = (): void => void went++;
    for (let item = 1; item < items; item++) expect(inbox.put(item, bytes, goOn)).toBe(true);
    expect(inbox.put(items, bytes, goOn)).toBe(false);
    inbox.put(0, 0);
    expect(went).toBe(0);
    await inbox.take();
    expect(went).toBe(1);
    expect(inbox.put(1, bytes, goOn)).toBe(true);
  });

  it('gives what arrived before its end, then nothing for ever', async () => {
    const inbox = new Inbox<number>();
    inbox.put(1, 1);
    inbox.end();
    await expect(inbox.take()).resolves.toEqual([1]);
    await expect(inbox.take()).resolves.toEqual([]);
    await expect(inbox.take()).resolves.toEqual([]);
  });

  it('gives what arrived before a failure, then the failure', async () => {
    const inbox = new Inbox<number>();
    inbox.put(1, 1);
    inbox.end(new Error('broken'));
    inbox.end(new Error('later'));
    await expect(inbox.take()).resolves.toEqual([1]);
    await expect(inbox.take()).rejects.toThrow('broken');
  });
});
