import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { EventLogFull } from '#kernel';
import { anEvent, collect } from '#testing';

import { EventStoreDbLog } from './event-store-db-log.js';
import { TemporaryEventStore } from './temporary-event-store.js';

const PRETENDED = fileURLToPath(new URL('../../../dist/test/services/pretended-disk.js', import.meta.url));

it('an embedded store without room refuses appends at once, is read from, and takes them when there is some', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-full-'));
  const file = join(folder, 'disk-is-full');
  process.env['NODE_OPTIONS'] = `--import=${PRETENDED}`;
  process.env['TEST_DISK_FULL_FILE'] = file;
  const store = await TemporaryEventStore.start();
  delete process.env['NODE_OPTIONS'];
  const log = new EventStoreDbLog(store.connectionString);
  try {
    const events = [1, 2].map((number) => anEvent(number));
    await log.append('account-1', events.slice(0, 1), 'no_stream');
    writeFileSync(file, '');
    await expect(log.append('account-1', events.slice(1), 0)).rejects.toThrow(EventLogFull);
    expect(await collect(log.readStream('account-1'))).toHaveLength(1);
    rmSync(file);
    await expect(log.append('account-1', events.slice(1), 0)).resolves.toMatchObject({ revision: 1 });
  } finally {
    await log.dispose();
    await store.remove();
    rmSync(folder, { recursive: true });
  }
});
