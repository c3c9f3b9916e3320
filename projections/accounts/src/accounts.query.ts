import type { AccountRecord, ExternalIdHolder, RecordedPlace } from '#billing/account';
import type { AccountId, Instant, TenantId, TestClockId } from '#kernel';
import { page, selectFrom, type Orders, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import { recordsOf, type Row } from '#projection';
import { accounts } from './accounts.projection.js';

type AccountRow = Row<typeof accounts>;

export interface FoundAccount {
  readonly account: AccountRecord;
  readonly revision: number;
}

export interface AccountFilter {
  readonly accountId?: AccountId;
  readonly status?: readonly string[];
  readonly currency?: string;
  readonly parentAccountId?: AccountId;
  readonly test?: boolean;
  readonly openedFrom?: Instant;
  readonly openedTo?: Instant;
  /** Texts that the account's own must hold. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Keyed hashes that the account must be found by, all of them. */
  readonly tokens?: readonly string[];
}

const ORDERS: Orders = {
  openedAt: { by: 't.opened_at', type: 'timestamptz' },
  currency: { by: 't.currency COLLATE "C"', type: 'text' },
};

/** Accounts as the read model has them. */
export class AccountsQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, accountId: AccountId): Promise<FoundAccount | undefined> {
    const [row] = await this.database.rows<AccountRow>(
      tenantId,
      'SELECT * FROM read.accounts WHERE tenant_id = $1 AND account_id = $2',
      [tenantId, accountId],
    );
    return row && foundAccount(row);
  }

  async list(tenantId: TenantId, filter: AccountFilter, request: PageRequest): Promise<Page<FoundAccount>> {
    const query = selectAccounts(filter);
    const { rows, ...cursors } = await page<AccountRow>(
      this.database,
      tenantId,
      query,
      'opened_position',
      request,
      ORDERS,
    );
    return { rows: rows.map(foundAccount), ...cursors };
  }

  async ofAccounts(tenantId: TenantId, accounts: readonly AccountId[]): Promise<FoundAccount[]> {
    const rows = await this.database.rows<AccountRow>(
      tenantId,
      'SELECT * FROM read.accounts WHERE tenant_id = $1 AND account_id = ANY($2)',
      [tenantId, accounts],
    );
    return rows.map(foundAccount);
  }

  /** All that stand above an account, itself not among them unless it stands in a circle. */
  async above(tenantId: TenantId, accountId: AccountId): Promise<ReadonlySet<AccountId>> {
    const rows = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      `WITH RECURSIVE above AS (
         SELECT parent_account_id AS account_id FROM read.accounts WHERE tenant_id = $1 AND account_id = $2
          UNION SELECT a.parent_account_id FROM above JOIN read.accounts AS a ON a.tenant_id = $1 AND a.account_id = above.account_id)
       SELECT account_id FROM above WHERE account_id IS NOT NULL`,
      [tenantId, accountId],
    );
    return new Set(rows.map(({ account_id: id }) => id));
  }

  async statuses(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, 'open' | 'closed'>> {
    const rows = await this.database.rows<Pick<AccountRow, 'account_id' | 'status'>>(
      tenantId,
      'SELECT account_id, status FROM read.accounts WHERE tenant_id = $1 AND account_id = ANY($2)',
      [tenantId, accounts],
    );
    return new Map(rows.map(({ account_id: id, status }) => [id as AccountId, status as 'open' | 'closed']));
  }

  async erased(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlySet<AccountId>> {
    if (accounts.length === 0) return new Set();
    const rows = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      'SELECT account_id FROM read.accounts WHERE tenant_id = $1 AND account_id = ANY($2) AND erased_at IS NOT NULL',
      [tenantId, accounts],
    );
    return new Set(rows.map(({ account_id: accountId }) => accountId));
  }

  /** By the ids that follow from external ids: whose they are, or were. */
  async externalIdHolders(
    tenantId: TenantId,
    derived: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, ExternalIdHolder>> {
    if (derived.length === 0) return new Map();
    const rows = await this.database.rows<HolderRow>(
      tenantId,
      `SELECT d.id AS derived_id, a.account_id, a.erased_at IS NOT NULL AS erased,
              r.recorded_at AS since_at, r.position AS since_position, r.revision AS since_revision,
              g.recorded_at AS until_at, g.position AS until_position, g.revision AS until_revision
         FROM unnest($2::text[]) AS d(id)
         LEFT JOIN read.received_external_ids AS r ON r.tenant_id = $1 AND r.derived_id = d.id
         LEFT JOIN read.given_up_external_ids AS g ON g.tenant_id = $1 AND g.derived_id = d.id
         JOIN read.accounts AS a ON a.tenant_id = $1 AND a.account_id = coalesce(r.account_id, d.id)`,
      [tenantId, derived],
    );
    return new Map(rows.map((row) => [row.derived_id, holderIn(row)]));
  }

  /** The clocks of those that live by one. */
  async testClocks(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, TestClockId>> {
    const rows = await this.database.rows<{ account_id: AccountId; clock_id: TestClockId }>(
      tenantId,
      'SELECT account_id, clock_id FROM read.account_clocks WHERE tenant_id = $1 AND account_id = ANY($2)',
      [tenantId, accounts],
    );
    return new Map(rows.map(({ account_id: accountId, clock_id: clockId }) => [accountId, clockId]));
  }
}

interface HolderRow {
  readonly derived_id: AccountId;
  readonly account_id: AccountId;
  readonly erased: boolean;
  readonly since_at: Instant | null;
  readonly since_position: bigint | null;
  readonly since_revision: bigint | null;
  readonly until_at: Instant | null;
  readonly until_position: bigint | null;
  readonly until_revision: bigint | null;
}

const holderIn = (row: HolderRow): ExternalIdHolder => ({
  accountId: row.account_id,
  erased: row.erased,
  since: placeIn(row.since_at, row.since_position, row.since_revision),
  until: placeIn(row.until_at, row.until_position, row.until_revision),
});

const placeIn = (at: Instant | null, position: bigint | null, revision: bigint | null): RecordedPlace | null =>
  at === null ? null : { at, position: position!, revision: Number(revision) };

const selectAccounts = (filter: AccountFilter) => {
  const query = selectFrom('accounts').where('true');
  if (filter.accountId) query.andWhere('t.account_id = :accountId', { accountId: filter.accountId });
  if (filter.status) query.andWhere('t.status IN (:...status)', { status: filter.status });
  if (filter.currency) query.andWhere('t.currency = :currency', { currency: filter.currency });
  if (filter.parentAccountId) query.andWhere('t.parent_account_id = :parent', { parent: filter.parentAccountId });
  if (filter.test !== undefined) query.andWhere('t.test = :test', { test: filter.test });
  if (filter.openedFrom) query.andWhere('t.opened_at >= :openedFrom', { openedFrom: filter.openedFrom });
  if (filter.openedTo) query.andWhere('t.opened_at < :openedTo', { openedTo: filter.openedTo });
  if (filter.metadata)
    query.andWhere('t.metadata @> CAST(:metadata AS jsonb)', { metadata: JSON.stringify(filter.metadata) });
  if (filter.tokens) query.andWhere(FOUND, { tokens: JSON.stringify(filter.tokens) });
  return query;
};

/** By the index on what the hashes contain. */
const FOUND = `t.account_id IN (SELECT s.account_id FROM read.account_search AS s
   WHERE s.tenant_id = t.tenant_id AND s.tokens @> CAST(:tokens AS jsonb))`;

const accountRecord = recordsOf(accounts).as<AccountRecord>();

const foundAccount = (row: AccountRow): FoundAccount => ({
  account: accountRecord(row),
  revision: Number(row.revision),
});
