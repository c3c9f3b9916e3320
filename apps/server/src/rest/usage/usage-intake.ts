import { RecordUsage, type ReadingResult } from '#billing/usage';
import { subcommand, type Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ExternalReferences } from '../../pipeline/external-references.js';
import { mayHoldUnstorable, unstorableRow } from '../../pipeline/json-body.js';
import { invalidRequest } from '../../pipeline/validation.js';
import { isUnreadable, readingInput, readRow, referencesIn, type FoundRow } from './reading-inputs.js';
import { batchesOfLines, type LinesBody } from './ndjson.js';
import type { UsageCountsResource, UsageRecordingResource, UsageResultResource } from './usage.resource.js';
import { rowsOf } from './usage.schema.js';

/** The rows of a request, with what its parser let through for them to be told. @throws DomainError `invalid_request` */
export const foundRows = (body: unknown): FoundRow[] => {
  const rows = rowsOf(body);
  if (typeof body !== 'object' || body === null || !mayHoldUnstorable(body)) return rows;
  return rows.map((row) => ({ ...row, violation: unstorableRow(body, row.value, row.pointer) }));
};

/** What came bare is the whole request: what is wrong with it is wrong with that. */
const isBare = ([first]: readonly FoundRow[]): boolean => first?.pointer === '' && first.line === undefined;

/** Takes in rows however they came: each stands alone, and is told what became of it. */
@Injectable()
export class UsageIntake {
  constructor(
    private readonly commands: CommandBus,
    private readonly references: ExternalReferences,
  ) {}

  async record(envelope: Envelope, found: readonly FoundRow[]): Promise<UsageRecordingResource> {
    const { tenantId } = envelope;
    const rows = found.map(readRow);
    const named = referencesIn(rows);
    const [accounts, subscriptions] = await Promise.all([
      this.references.accounts(tenantId, named.accounts),
      this.references.subscriptions(tenantId, named.subscriptions),
    ]);
    const readings = rows.map((row) => readingInput(row, { accounts, subscriptions }));
    const [only] = readings;
    if (only && isUnreadable(only) && isBare(found)) throw invalidRequest(only.violations);
    const { results, position } = await this.commands.execute(new RecordUsage(envelope, readings));
    return {
      results: results.map((result, index) => resultResource(result, found[index]!)),
      counts: countsOf(results),
      log: { position: String(position) },
    };
  }

  /** Batch after batch: what is told of lines that were rejected is bounded, the counts are of all. */
  async recordLines(envelope: Envelope, body: LinesBody): Promise<UsageRecordingResource> {
    const rejections: UsageResultResource[] = [];
    const counts = { accepted: 0, duplicates: 0, rejected: 0 };
    let position: string | undefined;
    let number = 0;
    for await (const batch of batchesOfLines(body)) {
      const recorded = await this.record(subcommand(envelope, 'lines', number++), batch);
      for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += recorded.counts[name];
      const rejected = recorded.results.filter(({ status }) => status === 'rejected');
      rejections.push(...rejected.slice(0, REJECTIONS_MAX - rejections.length));
      position = recorded.log.position;
    }
    if (position === undefined)
      throw invalidRequest([{ pointer: '', code: 'invalid_min_items', message: 'There is no line with an event.' }]);
    return { results: rejections, counts, log: { position } };
  }
}

const REJECTIONS_MAX = 1_000;

const countsOf = (results: readonly ReadingResult[]): UsageCountsResource => {
  const counts = { accepted: 0, duplicates: 0, rejected: 0 };
  for (const { status } of results) counts[status === 'duplicate' ? 'duplicates' : status] += 1;
  return counts;
};

const resultResource = (result: ReadingResult, { line, sentAs }: FoundRow): UsageResultResource => {
  if (result.status !== 'rejected' && line === undefined && sentAs === undefined) return result;
  const named = {
    ...(line === undefined ? {} : { line }),
    ...(sentAs === undefined || result.id === null ? {} : { readingId: result.id }),
  };
  const { id } = result;
  if (result.status !== 'rejected' || result.violations === undefined) return { ...result, id: sentAs ?? id, ...named };
  const { violations, ...told } = result;
  return { ...told, id: sentAs ?? id, ...named, errors: [...violations] };
};
