import { createReadStream } from 'node:fs';
import { ApiProblem, type ApiClient } from '#client';
import { parse } from 'csv-parse';
import { rejectsFile, type RejectsFile } from './rejected-rows.js';
import { unhurried } from './unhurried.js';
import { readingOf, type CsvRecord, type UsageMapping } from './usage-mapping.js';

export interface ImportOptions extends UsageMapping {
  /** Where rejected rows go, to be corrected and imported again. */
  readonly rejects: string;
  readonly delimiter: string;
}

interface Row {
  readonly record: CsvRecord;
  readonly line: number;
}

interface Result {
  readonly status: 'accepted' | 'duplicate' | 'rejected';
  readonly code?: string;
  readonly message?: string;
}

const ROWS_PER_REQUEST = 1_000;
const PASSING = new Set([429, 503]);
const ATTEMPTS_MAX = 200;

/** Sends each row as a reading. Readings are known by their ids: what was sent before is a duplicate, so that it is safe to run again. */
export const importUsage = async (client: ApiClient, file: string, options: ImportOptions): Promise<void> => {
  const counts = { accepted: 0, duplicate: 0, rejected: 0 };
  const rejects = rejectsFile(options.rejects);
  for await (const rows of batchesOf(file, options, rejects)) {
    const events = rows.map(({ record, line }) => readingOf(record, line, options));
    const { results } = await patiently(() =>
      client.post<{ readonly results: readonly Result[] }>('usage', { events }),
    );
    for (const [index, { status, code = '', message = '' }] of results.entries()) {
      counts[status] += 1;
      if (status === 'rejected') await rejects.add(rows[index]!.record, rows[index]!.line, { code, message });
    }
  }
  counts.rejected += rejects.unreadable;
  await rejects.close();
  console.log(`${counts.accepted} accepted, ${counts.duplicate} duplicates, ${counts.rejected} rejected.`);
  if (counts.rejected === 0) return;
  console.log(`Rejected rows are in ${options.rejects}.`);
  process.exitCode = 1;
};

async function* batchesOf(
  file: string,
  { delimiter }: ImportOptions,
  rejects: RejectsFile,
): AsyncGenerator<readonly Row[]> {
  const parser = parse({
    columns: (names: readonly string[]) => rejects.begin(names),
    bom: true,
    delimiter,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on('skip', (error?: Error & { readonly lines?: number }) => rejects.unreadableRow(error?.lines ?? 0, error));
  const source = createReadStream(file);
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let rows: Row[] = [];
  for await (const { record, info } of parser as AsyncIterable<{ record: CsvRecord; info: { lines: number } }>) {
    rows.push({ record, line: info.lines });
    if (rows.length < ROWS_PER_REQUEST) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** Sent again whole: readings that came through the first time are duplicates. */
const patiently = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  const nextTry = unhurried();
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const passing = error instanceof ApiProblem ? PASSING.has(error.status) : error instanceof TypeError;
      if (!passing || attempt === ATTEMPTS_MAX) throw error;
      await nextTry();
    }
  }
};
