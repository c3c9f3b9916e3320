import type { Stored, AccountFact } from '#contracts';
import type { AccountId, TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { RowChanges, type TableDefinition } from '#projection';
import type { Difference, RowsByTable, RowsMadeAnew, ServedRow } from '#replay';
import { PROJECTIONS_OF_ACCOUNTS } from '../projecting/read-models.js';

const TABLES = PROJECTIONS_OF_ACCOUNTS.flatMap(({ tables }) => tables);

/** Rows of accounts: as they are served, and as the log makes them by the same projections. */
export class AccountRows {
  constructor(private readonly database: TenantTransactions) {}

  async of(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, RowsByTable>> {
    const rows = await this.database.snapshot<Record<string, unknown>[]>(
      tenantId,
      TABLES.map(({ name }) => ({
        text: `SELECT * FROM read.${name} WHERE tenant_id = $1 AND account_id = ANY($2)`,
        values: [tenantId, accounts],
      })),
    );
    const found = new Map(accounts.map((accountId) => [accountId, emptyTables()]));
    for (const [index, table] of TABLES.entries()) {
      for (const row of rows[index] as unknown as ServedRow[])
        found
          .get(row['account_id'] as AccountId)!
          .get(table.name)!
          .set(keyOf(table, row), row);
    }
    return found;
  }

  anew(): RowsMadeAnew {
    return new Rows();
  }
}

class Rows implements RowsMadeAnew {
  readonly rows = emptyTables();
  private readonly events = new Map<string, NonNullable<Difference['event']>>();

  take(event: Stored<AccountFact>): void {
    const changes = new RowChanges();
    for (const projection of PROJECTIONS_OF_ACCOUNTS) projection.project(event, changes);
    for (const { table, appended, byKey } of changes.tables()) {
      for (const row of appended) this.change(table, row, event, row);
      for (const { kind, values } of byKey.values())
        this.change(table, values, event, kind === 'remove' ? null : values);
    }
  }

  eventOf(table: string, key: string) {
    return this.events.get(`${table} ${key}`);
  }

  private change(table: TableDefinition, values: ServedRow, { stream, revision }: Stored, row: ServedRow | null): void {
    const key = keyOf(table, values);
    const own = this.rows.get(table.name)!;
    if (row === null) own.delete(key);
    else own.set(key, { ...own.get(key), ...row });
    this.events.set(`${table.name} ${key}`, { stream, revision });
  }
}

const emptyTables = () => new Map<string, Map<string, ServedRow>>(TABLES.map(({ name }) => [name, new Map()]));

const keyOf = ({ key }: TableDefinition, row: ServedRow): string => key.map((column) => String(row[column])).join(' ');
