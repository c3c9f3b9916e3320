import type { GrantRecord, WalletDocument, WalletRecord } from '#billing/wallet';
import {
  fromJson,
  money,
  type AccountId,
  type Instant,
  type InvoiceId,
  type Json,
  type LocalDate,
  type TenantId,
  type WalletGrantId,
  type WalletId,
} from '#kernel';
import { page, selectFrom, type Orders, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import { type walletGrants, type wallets } from './wallets.projection.js';

type WalletRow = Row<typeof wallets> & { readonly usable: string; readonly pending: string };
type GrantRow = Row<typeof walletGrants> & {
  readonly used: string;
  readonly remaining: string;
  readonly lapsed: string;
  readonly waits: boolean;
};

export interface WalletFilter {
  readonly accountId?: AccountId;
  readonly status?: readonly string[];
}

const ORDERS: Orders = { createdAt: { by: 't.recorded_at', type: 'timestamptz' } };

/** What nobody has paid for waits, unless what was not paid of it was taken out. */
const GRANTS = `SELECT g.*, coalesce(m.used, 0) AS used, g.amount + coalesce(m.remaining, 0) AS remaining, coalesce(m.lapsed, 0) AS lapsed,
    coalesce(g.usable_on = 'payment' AND i.status NOT IN ('paid', 'uncollectible'), false) AS waits
  FROM read.wallet_grants g
  LEFT JOIN LATERAL (SELECT sum(w.used) AS used, sum(w.remaining) AS remaining, sum(w.lapsed) AS lapsed FROM read.wallet_movements w
    WHERE w.tenant_id = g.tenant_id AND w.grant_id = g.grant_id) m ON true
  LEFT JOIN read.invoices i ON i.tenant_id = g.tenant_id AND i.invoice_id = g.invoice_id`;

const LEFT = `(SELECT coalesce(sum(a.remaining) FILTER (WHERE NOT a.waits), 0)::text FROM (${GRANTS}) a
  WHERE a.tenant_id = t.tenant_id AND a.wallet_id = t.wallet_id AND NOT a.expired)`;
const PENDING = LEFT.replace('NOT a.waits', 'a.waits');

const selectWallets = () => selectFrom('wallets').addSelect(LEFT, 'usable').addSelect(PENDING, 'pending').where('true');

export class WalletsQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, walletId: WalletId): Promise<WalletDocument | undefined> {
    const [text, values] = selectWallets()
      .andWhere('t.tenant_id = :tenantId AND t.wallet_id = :walletId', { tenantId, walletId })
      .getQueryAndParameters();
    const [[row], grants] = await this.database.snapshot<[WalletRow, GrantRow]>(tenantId, [
      { text, values },
      {
        text: `${GRANTS} WHERE g.tenant_id = $1 AND g.wallet_id = $2 ORDER BY g.position`,
        values: [tenantId, walletId],
      },
    ]);
    return row && walletDocument(row, grants);
  }

  async list(tenantId: TenantId, filter: WalletFilter, request: PageRequest): Promise<Page<WalletRecord>> {
    const query = selectWallets();
    if (filter.accountId !== undefined) query.andWhere('t.account_id = :accountId', { accountId: filter.accountId });
    if (filter.status !== undefined)
      query.andWhere("CASE WHEN t.closed_on IS NULL THEN 'open' ELSE 'closed' END IN (:...status)", {
        status: filter.status,
      });
    const { rows, ...cursors } = await page<WalletRow>(this.database, tenantId, query, 'position', request, ORDERS);
    return { rows: rows.map(walletRecord), ...cursors };
  }

  /** With their grants. */
  async ofAccounts(tenantId: TenantId, accounts: readonly AccountId[]): Promise<WalletDocument[]> {
    const [text, values] = selectWallets()
      .andWhere('t.tenant_id = :tenantId AND t.account_id = ANY(:accounts)', { tenantId, accounts })
      .orderBy('t.position')
      .getQueryAndParameters();
    const [rows, grants] = await this.database.snapshot<[WalletRow, GrantRow]>(tenantId, [
      { text, values },
      {
        text: `${GRANTS} WHERE g.tenant_id = $1 AND g.account_id = ANY($2) ORDER BY g.position`,
        values: [tenantId, accounts],
      },
    ]);
    const byWallet = Map.groupBy(grants, ({ wallet_id: walletId }) => walletId);
    return rows.map((row) => walletDocument(row, byWallet.get(row.wallet_id) ?? []));
  }

  async ownerOf(tenantId: TenantId, walletId: WalletId): Promise<AccountId | undefined> {
    const [row] = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      'SELECT account_id FROM read.wallets WHERE tenant_id = $1 AND wallet_id = $2',
      [tenantId, walletId],
    );
    return row?.account_id;
  }
}

const walletRecord = (row: WalletRow): WalletRecord => ({
  walletId: row.wallet_id as WalletId,
  accountId: row.account_id as AccountId,
  name: row.name,
  status: row.closed_on === null ? 'open' : 'closed',
  currency: row.currency,
  priority: row.priority,
  scope: fromJson<WalletRecord['scope']>(row.scope as Json),
  metadata: fromJson<WalletRecord['metadata']>(row.metadata as Json),
  openedAt: row.opened_at as Instant,
  closedOn: row.closed_on as LocalDate | null,
  recurrence: fromJson<WalletRecord['recurrence']>(row.recurrence as Json),
  recharge: fromJson<WalletRecord['recharge']>(row.recharge as Json),
  balance: money(BigInt(row.usable), row.currency),
  pending: money(BigInt(row.pending), row.currency),
});

const walletDocument = (row: WalletRow, grants: readonly GrantRow[]): WalletDocument => ({
  ...walletRecord(row),
  grants: grants.map(grantRecord),
});

const grantRecord = (row: GrantRow): GrantRecord => {
  const amount = (minor: string) => money(BigInt(minor), row.currency);
  return {
    grantId: row.grant_id as WalletGrantId,
    walletId: row.wallet_id as WalletId,
    kind: row.kind as GrantRecord['kind'],
    status: statusOf(row),
    amount: amount(row.amount),
    used: amount(row.used),
    left: amount(row.remaining),
    lapsed: amount(row.lapsed),
    priority: row.priority,
    effectiveAt: row.effective_at as Instant,
    expiresAt: row.expires_at as Instant | null,
    invoiceId: row.invoice_id as InvoiceId | null,
    usableOn: row.usable_on as GrantRecord['usableOn'],
    rollover: rolloverOf(row.rollover as Json),
    rolledOverFrom: row.rolled_over_from as WalletGrantId | null,
    reason: row.reason,
  };
};

const statusOf = ({ voided_on: voidedOn, expired, remaining, waits }: GrantRow): GrantRecord['status'] => {
  if (voidedOn !== null) return 'void';
  if (expired) return 'expired';
  if (BigInt(remaining) === 0n) return 'used_up';
  return waits ? 'pending' : 'granted';
};

const rolloverOf = (json: Json): GrantRecord['rollover'] => {
  const rollover = fromJson<(NonNullable<GrantRecord['rollover']> & { readonly until: Instant }) | null>(json);
  if (rollover === null) return null;
  const { until: _, ...kept } = rollover;
  return kept;
};
