import { idHash, type Reading } from '#contracts';
import type { CorrectableReading, RecordedContent, UsageSnapshot } from '#billing/usage';
import { hex64, type AccountId, type Appended, type TenantId } from '#kernel';
import { inTransaction, type Pool, type TenantTransactions } from '#postgres';
import { arrivals, cuts } from './arrivals.js';
import { behind, currentReadings, PLACE, readingNamed, type Place } from './current-readings.js';
import { demandedReadings, measure } from './measuring.js';
import { Parameters } from './meter-sql.js';
import { recordedContents } from './recorded-contents.js';
import { namedReading, readingIn, type NamedRow, type ReadingRow } from './reading-row.js';

/** A reading as it counts, with its place. */
interface PlacedRow extends Place, ReadingRow {
  readonly account_id: AccountId;
}

const READINGS_PER_PAGE = 5_000;

interface CorrectableRow extends NamedRow {
  readonly account_id: AccountId;
  readonly retracted: boolean;
}

/** Usage as the read model counts it, for billing and for the door that records it. */
export class UsageReadingsQuery {
  constructor(
    private readonly database: TenantTransactions,
    private readonly pool: Pool,
  ) {}

  inSnapshot<Result>(tenantId: TenantId, work: (snapshot: UsageSnapshot) => Promise<Result>): Promise<Result> {
    return inTransaction(
      this.pool,
      async (client) => {
        await client.query("SELECT set_config('app.tenant', $1, true)", [tenantId]);
        return work({
          cuts: (accounts) => cuts(client, tenantId, accounts),
          arrivals: (accounts) => arrivals(client, tenantId, accounts),
          measure: (demands) => measure(client, tenantId, demands),
          readings: (demands) => demandedReadings(client, tenantId, demands),
        });
      },
      'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    );
  }

  /** Number and digest of each account's readings, and the last revision that has something of it. */
  async summariesOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<
    ReadonlyMap<AccountId, { readonly count: number; readonly digest: string; readonly lastRevision: number }>
  > {
    const rows = await this.database.rows<{ account_id: AccountId; count: bigint; digest: bigint; revision: bigint }>(
      tenantId,
      // Whose readings are all retracted has none that count, and still a last revision.
      `SELECT a.account_id, a.revision, coalesce(s.count, 0) AS count, coalesce(s.digest, 0) AS digest
         FROM (SELECT account_id, max(last_revision) AS revision FROM read.usage_arrivals
                WHERE tenant_id = $1 AND account_id = ANY($2) GROUP BY account_id) AS a
         LEFT JOIN (SELECT r.account_id, count(*) AS count, bit_xor(r.digest) AS digest FROM ${currentReadings()}
                     WHERE r.tenant_id = $1 AND r.account_id = ANY($2) GROUP BY r.account_id) AS s USING (account_id)`,
      [tenantId, accounts],
    );
    return new Map(
      rows.map(({ account_id: accountId, count, digest, revision }) => [
        accountId,
        { count: Number(count), digest: hex64(digest), lastRevision: Number(revision) },
      ]),
    );
  }

  async find(tenantId: TenantId, id: string, accountId?: AccountId): Promise<CorrectableReading[]> {
    const rows = await this.database.rows<CorrectableRow>(
      tenantId,
      // Ids are unique per account: without one, two rows are enough to know that there are several.
      `SELECT u.account_id, u.reading_id, u.event, u.at, u.subscription_id, u.revision, u.ordinal,
              c.revision IS NOT NULL AND c.properties IS NULL AS retracted
         FROM ${readingNamed({ tenant: '$1', id: '$2', account: '$3::text', hash: '$4' })} AS u
         LEFT JOIN read.usage_corrections AS c USING (tenant_id, account_id, reading_id) LIMIT 2`,
      [tenantId, id, accountId ?? null, idHash(tenantId, id)],
    );
    return rows.map((row) => ({
      accountId: row.account_id,
      reading: namedReading(row),
      retracted: row.retracted,
    }));
  }

  /** Every reading of some accounts that counts, a page at a time. */
  async *readingsOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): AsyncGenerator<Reading & { readonly accountId: AccountId; readonly revision: number; readonly ordinal: number }> {
    for (let last: Place | undefined; ;) {
      const parameters = new Parameters();
      const own = `tenant_id = ${parameters.add(tenantId, 'text')} AND p.account_id = ANY(${parameters.add(accounts, 'text[]')})`;
      const after = last && behind(last, parameters);
      const rows: PlacedRow[] = await this.database.rows<PlacedRow>(
        tenantId,
        `SELECT ${PLACE}, r.at, r.subscription_id, r.properties
           FROM ${currentReadings(`p.${own} AND ${after?.packs ?? 'true'}`)} WHERE ${after?.readings ?? 'true'}
          ORDER BY ${PLACE} LIMIT ${READINGS_PER_PAGE}`,
        parameters.values,
      );
      for (const row of rows) yield { accountId: row.account_id, ...readingIn(row) };
      if (rows.length < READINGS_PER_PAGE) return;
      last = rows.at(-1);
    }
  }

  async corrected(tenantId: TenantId, commandId: string): Promise<Appended | undefined> {
    const [row] = await this.database.rows<{ revision: bigint; position: bigint }>(
      tenantId,
      'SELECT revision, position FROM read.usage_correction_history WHERE tenant_id = $1 AND command_id = $2',
      [tenantId, commandId],
    );
    return row && { revision: Number(row.revision), position: row.position };
  }

  recorded(
    tenantId: TenantId,
    readings: readonly { readonly accountId: AccountId; readonly id: string }[],
  ): Promise<ReadonlyMap<string, RecordedContent>> {
    return recordedContents(this.database, tenantId, readings);
  }
}
