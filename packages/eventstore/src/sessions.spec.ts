import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { RawSessions, type Value } from './contract/raw-sessions.js';
import { APPEND_SESSION } from './services/append-session.js';
import { StartedStore } from './supervision/started-store.js';

const GARBAGE = Buffer.from([0x0a, 0xff, 0xff, 0x03, 0x01]);

const nested = (depth: number): Value => (depth === 0 ? 'the end' : [nested(depth - 1)]);

describe('a request that appends to several streams', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-sessions-'));
  let store: StartedStore;
  let sessions: RawSessions;

  beforeAll(async () => {
    const limits = ['--max-append-bytes', '10000', '--max-event-bytes', '4000'];
    store = await StartedStore.start('--data', folder, '--port', '0', '--log-level', 'fatal', '--insecure', ...limits);
    sessions = new RawSessions(`esdb://127.0.0.1:${store.port}?tls=false`);
  });

  afterAll(async () => {
    sessions.close();
    await store.stop();
    rmSync(folder, { recursive: true });
  });

  it('is refused if it is none', async () => {
    const raw = new Client(`127.0.0.1:${store.port}`, credentials.createInsecure());
    const { path, requestSerialize, responseDeserialize } = APPEND_SESSION['appendSession']!;
    const refused = new Promise<ServiceError | null>((resolve) => {
      const call = raw.makeClientStreamRequest(path, requestSerialize, responseDeserialize, resolve);
      call.end(GARBAGE);
    });
    await expect(refused).resolves.toMatchObject({ code: status.INVALID_ARGUMENT });
    raw.close();
  });

  it.each<[string, Value]>([
    ['a number that JSON does not have', Infinity],
    ['lists in lists that are too deep', nested(150)],
  ])('is refused for %s among its properties', async (_, value) => {
    const refused = sessions.append({ stream: 'a', records: [{ properties: { value } }] });
    await expect(refused).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('keeps what is nested as deep as one may', async () => {
    const kept = sessions.append({ stream: 'deep', records: [{ properties: { value: nested(50) } }] });
    await expect(kept).resolves.toMatchObject({ revisions: { deep: 0n } });
  });

  it('is refused as a whole for a record that is too big, and if it is too big itself', async () => {
    const record = (bytes: number) => ({ data: JSON.stringify('x'.repeat(bytes)) });
    const one = (stream: string, bytes: number) => ({ stream, records: [record(bytes)] });
    await expect(sessions.append(one('b', 1_000), one('c', 4_001))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'APPEND_RECORD_SIZE_EXCEEDED',
    });
    await expect(sessions.append(one('b', 3_900), one('c', 3_900), one('d', 3_900))).rejects.toMatchObject({
      code: status.ABORTED,
      reason: 'APPEND_TRANSACTION_SIZE_EXCEEDED',
    });
    await expect(sessions.append(one('b', 3_900), one('c', 3_900))).resolves.toMatchObject({
      revisions: { b: 0n, c: 0n },
    });
  });
});
