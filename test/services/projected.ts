import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import type { EventLog } from '#kernel';
import { ProjectionRunner, ProjectionStatuses, type Projection } from '#projection';
import { pino } from 'pino';
import { projectionsWith } from '../../apps/server/src/projecting/read-models.js';
import type { TestDatabase } from './test-database.js';

/** What is sealed in recorded histories opens with no key: each envelope is found by itself. */
export const ALL_PROJECTIONS = projectionsWith((_, { ciphertext }) => [ciphertext]);

const PATIENCE_MILLISECONDS = 30_000;
const SILENT = pino({ level: 'silent' });

/** Follows a log into the read models of a database, as the server does, to where the log ends now. */
export const project = async (
  log: EventLog,
  database: TestDatabase,
  projections: readonly Projection[] = ALL_PROJECTIONS,
): Promise<void> => {
  const runner = new ProjectionRunner(log, database, projections, SILENT);
  await runner.start();
  try {
    const names = projections.map(({ name }) => name);
    await new ProjectionStatuses(database.owner).waitFor(names, await log.head(), PATIENCE_MILLISECONDS);
  } finally {
    await runner.stop();
  }
};

/** Every row of every read model, in the order of its key, as text: nothing is lost in it. By table. */
export const readModels = async (
  { projector }: TestDatabase,
  projections: readonly Projection[] = ALL_PROJECTIONS,
): Promise<Record<string, readonly string[]>> => {
  const found: Record<string, readonly string[]> = {};
  for (const { name, key } of projections.flatMap(({ tables }) => tables)) {
    const { rows } = await projector.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM read.${name} AS t ORDER BY ${key.join(', ')}`,
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found;
};

/** Positions are of one log alone: texts that hold them, with the place of the event in the log instead. */
export const placesIn = async (log: EventLog): Promise<(text: string) => string> => {
  const places = new Map<string, number>();
  for await (const { position } of log.readAll({ filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } })) {
    places.set(String(position), places.size + 1);
  }
  return (text) =>
    text.replaceAll(/"(\w*position)": ?"?(\d+)"?/g, (_, name: string, position: string) => {
      return `"${name}": "${places.get(position) ?? 'unknown'}"`;
    });
};
