import type { TestClockRecord } from '#billing/test-clock';
import type { AccountId, Instant, TenantId, TestClockId } from '#kernel';
import { page, selectFrom, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import type { testClocks } from './test-clocks.projection.js';

type TestClockRow = Row<typeof testClocks>;

export class TestClocksQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, clockId: TestClockId): Promise<TestClockRecord | undefined> {
    const [row] = await this.database.rows<TestClockRow>(
      tenantId,
      'SELECT * FROM read.test_clocks WHERE tenant_id = $1 AND clock_id = $2',
      [tenantId, clockId],
    );
    return row && testClockRecord(row);
  }

  /** What time it is for those of the accounts that live by a test clock. */
  async timesOf(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, Instant>> {
    const rows = await this.database.rows<{ account_id: AccountId; shows: Instant }>(
      tenantId,
      `SELECT a.account_id, k.shows FROM read.account_clocks AS a JOIN read.test_clocks AS k USING (tenant_id, clock_id)
        WHERE a.tenant_id = $1 AND a.account_id = ANY($2)`,
      [tenantId, accounts],
    );
    return new Map(rows.map(({ account_id: accountId, shows }) => [accountId, shows]));
  }

  async list(tenantId: TenantId, request: PageRequest): Promise<Page<TestClockRecord>> {
    const query = selectFrom('test_clocks').where('true');
    const { rows, ...cursors } = await page<TestClockRow>(this.database, tenantId, query, 'position', request);
    return { rows: rows.map(testClockRecord), ...cursors };
  }
}

const testClockRecord = (row: TestClockRow): TestClockRecord => ({
  clockId: row.clock_id as TestClockId,
  name: row.name,
  startedFrom: row.started_from as Instant,
  now: row.shows as Instant,
});
