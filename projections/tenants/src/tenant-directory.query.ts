import type { TenantRecord } from '#billing/tenant';
import type { TenantId } from '#kernel';
import { pageOf, selectFrom, type Page, type PageRequest, type Pool } from '#postgres';
import type { Row } from '#projection';
import type { tenants } from './tenants.projection.js';
import { tenantOf } from './tenants.query.js';

/** All tenants of the installation, for those who look after it: asks with a role that no wall holds. */
export class TenantDirectoryQuery {
  constructor(private readonly pool: Pool) {}

  async list(request: PageRequest): Promise<Page<TenantRecord>> {
    const { rows, ...cursors } = await pageOf<Row<typeof tenants>>(
      async (text, values) => (await this.pool.query<Row<typeof tenants>>(text, values)).rows,
      selectFrom('tenants').where('true'),
      'position',
      request,
    );
    return { rows: rows.map(tenantOf), ...cursors };
  }

  async find(tenantId: TenantId): Promise<TenantRecord | undefined> {
    const { rows } = await this.pool.query<Row<typeof tenants>>('SELECT * FROM read.tenants WHERE tenant_id = $1', [
      tenantId,
    ]);
    return rows[0] && tenantOf(rows[0]);
  }
}
