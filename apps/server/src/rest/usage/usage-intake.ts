import { RecordUsage, type ReadingResult } from '#billing';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ExternalReferences } from '../http/external-references.js';
import { unstorableRow } from '../http/json-body.js';
import { invalidRequest } from '../http/validation.js';
import { isUnreadable, readingInput, readRow, referencesIn, type FoundRow } from './reading-inputs.js';
import type { UsageRecordingResource, UsageResultResource } from './usage.resource.js';
import { rowsOf } from './usage.schema.js';

/** The rows of a request, with what its parser let through for them to be told. @throws DomainError `invalid_request` */
export const foundRows = (body: unknown): FoundRow[] =>
  rowsOf(body).map((row) => ({
    ...row,
    violation: typeof body === 'object' && body !== null ? unstorableRow(body, row.value, row.pointer) : null,
  }));

/** What came bare is the whole request: what is wrong with it is wrong with that. */
const isBare = ([first]: readonly FoundRow[]): boolean => first?.pointer === '';

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
    const { accounts, subscriptions } = referencesIn(rows);
    const named = {
      accounts: await this.references.accounts(tenantId, accounts),
      subscriptions: await this.references.subscriptions(tenantId, subscriptions),
    };
    const readings = rows.map((row) => readingInput(row, named));
    const [only] = readings;
    if (only && isUnreadable(only) && isBare(found)) throw invalidRequest(only.violations);
    const { results, position } = await this.commands.execute(new RecordUsage(envelope, readings));
    return { results: results.map(resultResource), log: { position: String(position) } };
  }
}

const resultResource = (result: ReadingResult): UsageResultResource => {
  if (result.status !== 'rejected' || result.violations === undefined) return result;
  const { violations, ...told } = result;
  return { ...told, errors: [...violations] };
};
