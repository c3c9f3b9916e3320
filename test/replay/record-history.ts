import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MailServer } from '../services/mail-server.js';
import { ForkedService } from '../services/forked-service.js';
import { startTaxService, taxProviderAt } from '../services/tax-service.js';
import { project } from '../services/projected.js';
import startPostgres from '../services/start-postgres.js';
import stopPostgres from '../services/stop-postgres.js';
import { TestDatabase } from '../services/test-database.js';
import { TestEventStore } from '../services/test-event-store.js';
import { TestRecount } from '../services/test-recount.js';
import { accountLines, append, eventsOf, everyEventOf, readModelLines } from './history.js';
import { STORIES } from './stories.js';

/**
 * `node dist/test/replay/record-history.js test/replay/histories/<version>` tells the story of a version to this Recount and
 * keeps what it stored. Events are recorded once: where they are already, only the results are written anew, for a read
 * model or an answer that was changed on purpose.
 */
const [folder] = process.argv.slice(2) as [string];

const write = (file: string, lines: readonly string[]): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${file}.ndjson`), `${lines.join('\n')}\n`);
};

const recordEvents = async (): Promise<void> => {
  const mail = await MailServer.start();
  const taxes = await startTaxService();
  const vies = await ForkedService.start('vies-process');
  const recount = await TestRecount.start({
    mail: mail.settings,
    taxProvider: taxProviderAt(taxes),
    vies: { url: vies.url },
  });
  try {
    await STORIES[basename(folder)]!(recount, { mail, taxes });
    const lines: string[] = [];
    for await (const { position: _, ...event } of everyEventOf(recount.store.log)) lines.push(JSON.stringify(event));
    write('events', lines);
  } finally {
    await recount.stop();
    await mail.stop();
    await taxes.stop();
    await vies.stop();
  }
};

const recordResults = async (): Promise<void> => {
  const database = await TestDatabase.create();
  const store = await TestEventStore.start();
  try {
    await append(store.log, eventsOf(folder));
    await project(store.log, database);
    write('accounts', await accountLines(store.log));
    write('read-models', await readModelLines(store.log, database));
  } finally {
    await store.stop();
    await database.stop();
  }
};

await startPostgres();
try {
  if (eventsOf(folder).length === 0) await recordEvents();
  await recordResults();
} finally {
  await stopPostgres();
}
