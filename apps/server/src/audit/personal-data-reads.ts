import type { Actor } from '#contracts';
import type { AccountId, Instant, TenantId } from '#kernel';
import { page, selectFrom, TenantTransactions, type Page, type PageRequest } from '#postgres';
import { apiKeyName } from '#projections/tenants';
import { Injectable } from '@nestjs/common';
import { TenantBatches } from '../core/tenant-batches.js';

export interface PersonalDataRead {
  readonly accountId: AccountId;
  readonly operation: string;
  readonly actor: {
    readonly type: string;
    readonly id: string;
    readonly role: string | null;
    readonly name: string | null;
  };
  readonly requestId: string;
  readonly readAt: Instant;
}

interface ReadRow extends Record<string, unknown> {
  readonly read_id: string;
  readonly account_id: AccountId;
  readonly operation: string;
  readonly actor_type: string;
  readonly actor_id: string;
  readonly actor_role: string | null;
  readonly actor_name: string | null;
  readonly request_id: string;
  readonly read_at: Instant;
}

interface Reading {
  readonly actor: Actor;
  readonly operation: string;
  readonly requestId: string;
  readonly accountId: AccountId;
  readonly at: Instant;
}

/** Each has read up to a page of accounts. */
const REQUESTS_AT_ONCE = 50;

/** Who read whose personal data. What comes while a batch is being written is the next batch, so that reading stays cheap. */
@Injectable()
export class PersonalDataReads {
  private readonly batches = new TenantBatches<readonly Reading[], null>(async (tenantId, readings) => {
    await this.insert(tenantId, readings.flat());
    return readings.map(() => null);
  }, REQUESTS_AT_ONCE);

  constructor(private readonly database: TenantTransactions) {}

  /** Nobody is to have read what is not written down: wait for it before answering. */
  async write(tenantId: TenantId, readings: readonly Reading[]): Promise<void> {
    await this.batches.of(tenantId, readings);
  }

  async list(
    tenantId: TenantId,
    filter: { readonly accountId?: AccountId },
    request: PageRequest,
  ): Promise<Page<PersonalDataRead>> {
    const query = selectFrom('personal_data_reads', 'ops')
      .addSelect(apiKeyName('t.actor_id'), 'actor_name')
      .where('true');
    if (filter.accountId) query.andWhere('t.account_id = :accountId', { accountId: filter.accountId });
    const { rows, ...cursors } = await page<ReadRow>(this.database, tenantId, query, 'read_id', request);
    return { rows: rows.map(personalDataRead), ...cursors };
  }

  private async insert(tenantId: TenantId, readings: readonly Reading[]): Promise<void> {
    const column = <Value>(of: (reading: Reading) => Value): Value[] => readings.map(of);
    await this.database.write(tenantId, {
      text: `INSERT INTO ops.personal_data_reads
               (tenant_id, account_id, operation, actor_type, actor_id, actor_role, request_id, read_at)
             SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])`,
      values: [
        tenantId,
        column(({ accountId }) => accountId),
        column(({ operation }) => operation),
        column(({ actor }) => actor.type),
        column(({ actor }) => actor.id),
        column(({ actor }) => actor.role ?? null),
        column(({ requestId }) => requestId),
        column(({ at }) => at),
      ],
    });
  }
}

const personalDataRead = (row: ReadRow): PersonalDataRead => ({
  accountId: row.account_id,
  operation: row.operation,
  actor: { type: row.actor_type, id: row.actor_id, role: row.actor_role, name: row.actor_name },
  requestId: row.request_id,
  readAt: row.read_at,
});
