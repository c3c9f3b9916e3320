import type { CatalogFact } from '#contracts';
import { projection, table } from '#projection';

export const meters = table({
  name: 'meters',
  columns: {
    tenant_id: 'text',
    key: 'text',
    definition: 'jsonb',
    archived: 'boolean',
    defined_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'key'],
});

export const planVersions = table({
  name: 'plan_versions',
  columns: {
    tenant_id: 'text',
    key: 'text',
    version: 'integer',
    definition: 'jsonb',
    published_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'key', 'version'],
});

/** One row per plan, pointing at its latest version. */
export const plans = table({
  name: 'plans',
  columns: { tenant_id: 'text', key: 'text', latest_version: 'integer', archived: 'boolean' },
  key: ['tenant_id', 'key'],
});

export const catalogProjection = projection<CatalogFact>({
  name: 'catalog',
  version: 1,
  tables: [meters, plans, planVersions],
  on: {
    MeterDefined: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(meters, {
        tenant_id: metadata.tenantId!,
        key: data.key,
        definition: data,
        archived: false,
        defined_at: metadata.recordedAt,
        position,
      }),
    MeterArchived: ({ fact: { data }, metadata }, rows) =>
      rows.patch(meters, { tenant_id: metadata.tenantId!, key: data.key }, { archived: true }),
    PlanVersionPublished: ({ fact: { data }, metadata, position }, rows) => {
      const tenant_id = metadata.tenantId!;
      rows.append(planVersions, {
        tenant_id,
        key: data.key,
        version: data.version,
        definition: data,
        published_at: metadata.recordedAt,
        position,
      });
      rows.put(plans, { tenant_id, key: data.key, latest_version: data.version, archived: false });
    },
    PlanArchived: ({ fact: { data }, metadata }, rows) =>
      rows.patch(plans, { tenant_id: metadata.tenantId!, key: data.key }, { archived: true }),
  },
});
