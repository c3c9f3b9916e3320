import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMAIN_STREAM_PREFIXES, metadataOf } from '#contracts';
import { toJson, type AccountId, type EventLog, type LoggedEvent, type TenantId } from '#kernel';
import { AccountHistory } from '#replay';
import { placesIn, readModels } from '../services/projected.js';
import type { TestDatabase } from '../services/test-database.js';

/** An event as a line of a recorded history: its place in the log is the place of the line. */
export type RecordedEvent = Omit<LoggedEvent, 'position'>;

export const linesOf = (folder: string, file: 'events' | 'accounts' | 'read-models'): string[] => {
  const path = join(folder, `${file}.ndjson`);
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
};

export const eventsOf = (folder: string): RecordedEvent[] =>
  linesOf(folder, 'events').map((line) => JSON.parse(line) as RecordedEvent);

/** Into an empty log, in the order in which they happened. */
export const append = async (log: EventLog, events: readonly RecordedEvent[]): Promise<void> => {
  for (const { stream, revision, ...event } of events) {
    await log.append(stream, [event], revision === 0 ? 'no_stream' : revision - 1);
  }
};

export const everyEventOf = (log: EventLog): AsyncIterable<LoggedEvent> =>
  log.readAll({ filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } });

export const accountsIn = async (
  log: EventLog,
): Promise<{ readonly tenantId: TenantId; readonly accountId: AccountId }[]> => {
  const accounts = [];
  for await (const event of everyEventOf(log)) {
    const { tenantId, accountId } = metadataOf(event);
    if (event.type === 'AccountOpened') accounts.push({ tenantId: tenantId!, accountId: accountId! });
  }
  return accounts;
};

/** Every account, whole, a line each: at its end, and half way there. */
export const accountLines = async (log: EventLog): Promise<string[]> => {
  const history = new AccountHistory(log);
  const placed = await placesIn(log);
  const lines: string[] = [];
  for (const { tenantId, accountId } of await accountsIn(log)) {
    const end = await history.at(tenantId, accountId);
    const asOf = { kind: 'revision', revision: end.revision >> 1 } as const;
    for (const snapshot of [await history.at(tenantId, accountId, { asOf }), end]) {
      lines.push(placed(JSON.stringify(toJson(snapshot))));
    }
  }
  return lines;
};

/** Every row of every read model, a line each. */
export const readModelLines = async (log: EventLog, database: TestDatabase): Promise<string[]> => {
  const placed = await placesIn(log);
  return Object.entries(await readModels(database)).flatMap(([table, rows]) =>
    rows.map((row) => `{"${table}": ${placed(row)}}`),
  );
};
