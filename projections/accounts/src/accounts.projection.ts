import { FACTS_BY_SUBJECT, type Stored, type AccountFact } from '#contracts';
import { projection, table, type Changes, type ProjectionHandlers, type RowChanges } from '#projection';

/** The tenant's accounts. Personal data stays sealed; `revision` is the account's, whatever event moved it. */
export const accounts = table({
  name: 'accounts',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    personal: 'jsonb',
    currency: 'text',
    time_zone: 'text',
    net_terms_days: 'integer',
    tax_status: 'text',
    entity_id: 'text',
    parent_account_id: 'text?',
    test: 'boolean',
    test_clock_id: 'text?',
    metadata: 'jsonb',
    status: 'text',
    opened_at: 'timestamptz',
    opened_position: 'bigint',
    erased_at: 'timestamptz?',
    revision: 'bigint',
  },
  key: ['tenant_id', 'account_id'],
  indexes: ['tenant_id, opened_position DESC', 'tenant_id, parent_account_id'],
  containment: ['metadata'],
});

/** The test clock that an account lives by, whether it is a test account or one of a test tenant. */
export const accountClocks = table({
  name: 'account_clocks',
  columns: { tenant_id: 'text', account_id: 'text', clock_id: 'text' },
  key: ['tenant_id', 'account_id'],
  indexes: ['tenant_id, clock_id'],
});

/** External ids that accounts got after they were opened, by the ids that follow from them. */
export const receivedExternalIds = table({
  name: 'received_external_ids',
  columns: {
    tenant_id: 'text',
    derived_id: 'text',
    account_id: 'text',
    recorded_at: 'timestamptz',
    position: 'bigint',
    revision: 'bigint',
  },
  key: ['tenant_id', 'derived_id'],
});

/** External ids that accounts gave up: they are free, and named them before. */
export const givenUpExternalIds = table({
  name: 'given_up_external_ids',
  columns: {
    tenant_id: 'text',
    derived_id: 'text',
    recorded_at: 'timestamptz',
    position: 'bigint',
    revision: 'bigint',
  },
  key: ['tenant_id', 'derived_id'],
});

/** Those that are tried things on. Reports leave them out. */
export const testAccounts = table({
  name: 'test_accounts',
  columns: { tenant_id: 'text', account_id: 'text', clock_id: 'text?' },
  key: ['tenant_id', 'account_id'],
});

const moved = (event: Stored<AccountFact>, rows: RowChanges, changes: Changes<typeof accounts> = {}): void => {
  const { tenantId, accountId } = event.metadata;
  rows.patch(
    accounts,
    { tenant_id: tenantId!, account_id: accountId! },
    { ...changes, revision: BigInt(event.revision) },
  );
};

const profile: ProjectionHandlers<AccountFact> = {
  AccountOpened: ({ fact: { data }, metadata, position, revision }, rows) => {
    const { accountId: account_id, testClockId } = data;
    if (testClockId !== undefined)
      rows.append(accountClocks, { tenant_id: metadata.tenantId!, account_id, clock_id: testClockId });
    if (data.test === true)
      rows.append(testAccounts, { tenant_id: metadata.tenantId!, account_id, clock_id: testClockId ?? null });
    rows.put(accounts, {
      tenant_id: metadata.tenantId!,
      account_id: data.accountId,
      personal: data.personal,
      currency: data.currency,
      time_zone: data.timeZone,
      net_terms_days: data.netTermsDays,
      tax_status: data.taxStatus,
      entity_id: data.entityId,
      parent_account_id: data.parentAccountId ?? null,
      test: data.test ?? false,
      test_clock_id: testClockId ?? null,
      metadata: data.metadata,
      status: 'open',
      opened_at: data.openedAt,
      opened_position: position,
      erased_at: null,
      revision: BigInt(revision),
    });
  },
  AccountContactChanged: (event, rows) => moved(event, rows, { personal: event.fact.data.personal }),
  // What was found stands in the contact that changed with it.
  TaxIdChecked: (event, rows) => moved(event, rows, {}),
  AccountExternalIdChanged: (event, rows) => {
    const { personal, heldAt, formerlyAt } = event.fact.data;
    const { tenantId, accountId, recordedAt } = event.metadata;
    const { position, revision } = event;
    const place = { tenant_id: tenantId!, recorded_at: recordedAt, position, revision: BigInt(revision) };
    if (heldAt !== undefined)
      rows.append(receivedExternalIds, { ...place, derived_id: heldAt, account_id: accountId! });
    if (formerlyAt !== undefined) rows.append(givenUpExternalIds, { ...place, derived_id: formerlyAt });
    moved(event, rows, { personal });
  },
  PaymentTermsChanged: (event, rows) => moved(event, rows, { net_terms_days: event.fact.data.netTermsDays }),
  TaxStatusChanged: (event, rows) => moved(event, rows, { tax_status: event.fact.data.taxStatus }),
  AccountTimeZoneChanged: (event, rows) => moved(event, rows, { time_zone: event.fact.data.timeZone }),
  AccountEntityChanged: (event, rows) => moved(event, rows, { entity_id: event.fact.data.entityId }),
  AccountParentChanged: (event, rows) =>
    moved(event, rows, { parent_account_id: event.fact.data.parentAccountId ?? null }),
  AccountMetadataChanged: (event, rows) => moved(event, rows, { metadata: event.fact.data.metadata }),
  AccountClosed: (event, rows) => moved(event, rows, { status: 'closed' }),
  PersonalDataErased: (event, rows) => moved(event, rows, { erased_at: event.metadata.recordedAt }),
};

/** Facts that say nothing about the account itself but move its revision. */
const OTHER_FACTS = (['Subscription', 'Invoice', 'Payment and ledger'] as const).flatMap((subject) =>
  Object.keys(FACTS_BY_SUBJECT[subject]),
);

export const accountsProjection = projection<AccountFact>({
  name: 'accounts',
  version: 9,
  tables: [accounts, accountClocks, testAccounts, receivedExternalIds, givenUpExternalIds],
  reads: ['account-search.account_search'],
  on: {
    ...Object.fromEntries(
      OTHER_FACTS.map((type) => [type, (event: Stored<AccountFact>, rows: RowChanges) => moved(event, rows)]),
    ),
    ...profile,
  },
});
