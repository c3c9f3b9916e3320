import type { Meter, PlanVersion } from '#contracts';
import type { Instant, TenantId } from '#kernel';
import { page, selectFrom, type Orders, type Page, type PageRequest, type TenantTransactions } from '#postgres';

export interface CatalogMeter {
  readonly meter: Meter;
  readonly archived: boolean;
}

export interface CatalogPlan {
  readonly plan: PlanVersion;
  readonly archived: boolean;
  readonly publishedAt: Instant;
}

interface PlanRow extends Record<string, unknown> {
  readonly definition: PlanVersion;
  readonly archived: boolean;
  readonly published_at: Instant;
  readonly position: bigint;
}

interface MeterRow extends Record<string, unknown> {
  readonly definition: Meter;
  readonly archived: boolean;
  readonly position: bigint;
}

/** The builder takes `schema.table` in a join for a relation of an entity, and a statement in brackets as it is. */
const ORDERS: Orders = { key: { by: 't.key COLLATE "C"', type: 'text' } };

const selectVersions = () =>
  selectFrom('plan_versions')
    .addSelect('p.archived', 'archived')
    .innerJoin('(SELECT * FROM read.plans)', 'p', 'p.tenant_id = t.tenant_id AND p.key = t.key')
    .where('true');

export class CatalogQuery {
  constructor(private readonly database: TenantTransactions) {}

  async meter(tenantId: TenantId, key: string): Promise<CatalogMeter | undefined> {
    const [row] = await this.database.rows<MeterRow>(
      tenantId,
      'SELECT * FROM read.meters WHERE tenant_id = $1 AND key = $2',
      [tenantId, key],
    );
    return row && { meter: row.definition, archived: row.archived };
  }

  async meters(tenantId: TenantId, request: PageRequest): Promise<Page<CatalogMeter>> {
    const { rows, ...cursors } = await page<MeterRow>(
      this.database,
      tenantId,
      selectFrom('meters').where('true'),
      'position',
      request,
      ORDERS,
    );
    return { rows: rows.map(({ definition, archived }) => ({ meter: definition, archived })), ...cursors };
  }

  /** Every meter and every plan version: what a reading may be billed by. */
  async whole(
    tenantId: TenantId,
  ): Promise<{ readonly meters: readonly Meter[]; readonly versions: readonly PlanVersion[] }> {
    const [meters, versions] = await this.database.snapshot<[{ definition: Meter }, { definition: PlanVersion }]>(
      tenantId,
      [
        { text: 'SELECT definition FROM read.meters WHERE tenant_id = $1', values: [tenantId] },
        { text: 'SELECT definition FROM read.plan_versions WHERE tenant_id = $1', values: [tenantId] },
      ],
    );
    return {
      meters: meters.map(({ definition }) => definition),
      versions: versions.map(({ definition }) => definition),
    };
  }

  /** The latest version unless one is named. */
  async plan(tenantId: TenantId, key: string, version?: number): Promise<CatalogPlan | undefined> {
    const query = selectVersions().andWhere('t.tenant_id = :tenantId AND t.key = :key', { tenantId, key });
    if (version === undefined) query.andWhere('t.version = p.latest_version');
    else query.andWhere('t.version = :version', { version });
    const [row] = await this.database.rows<PlanRow>(tenantId, ...query.getQueryAndParameters());
    return row && catalogPlan(row);
  }

  async plans(tenantId: TenantId, request: PageRequest): Promise<Page<CatalogPlan>> {
    const query = selectVersions().andWhere('t.version = p.latest_version');
    const { rows, ...cursors } = await page<PlanRow>(this.database, tenantId, query, 'position', request, ORDERS);
    return { rows: rows.map(catalogPlan), ...cursors };
  }
}

const catalogPlan = ({ definition, archived, published_at: publishedAt }: PlanRow): CatalogPlan => ({
  plan: definition,
  archived,
  publishedAt,
});
