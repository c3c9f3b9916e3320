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
