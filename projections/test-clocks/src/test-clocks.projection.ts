import type { TestClockFact } from '#contracts';
import { projection, table } from '#projection';

/** What each test clock shows. */
export const testClocks = table({
  name: 'test_clocks',
  columns: {
    tenant_id: 'text',
    clock_id: 'text',
    name: 'text?',
    started_from: 'timestamptz',
    shows: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'clock_id'],
  indexes: ['tenant_id, position DESC'],
});

export const testClocksProjection = projection<TestClockFact>({
  name: 'test-clocks',
  version: 1,
  tables: [testClocks],
  reads: ['accounts.account_clocks'],
  on: {
    TestClockStarted: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(testClocks, {
        tenant_id: metadata.tenantId!,
        clock_id: data.clockId,
        name: data.name ?? null,
        started_from: data.from,
        shows: data.from,
        position,
      }),
    TestClockAdvanced: ({ fact: { data }, metadata }, rows) =>
      rows.patch(testClocks, { tenant_id: metadata.tenantId!, clock_id: data.clockId }, { shows: data.to }),
  },
});
