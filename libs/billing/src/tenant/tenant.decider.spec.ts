import type { Fact, BillingPolicy, TenantSettings } from '#contracts';
import { anId, at, ENTITY, givenFor, SERIES, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_BILLING_POLICY } from './billing-policy.js';
import type { TenantSettingsChange } from './tenant-settings.js';
import type { TenantCommand } from './tenant.commands.js';
import { tenantDecider } from './tenant.decider.js';

const given = givenFor(tenantDecider);

const aKey = (number = 1) =>
  ({ keyId: anId('key', number), name: `Key ${number}`, hash: 'a'.repeat(64), scopes: ['tenant'] }) as const;
const NOW = at('2026-01-15T12:00:00Z');
const OTHER = anId('tnt', 2);
const issue = (number?: number, terms: Partial<Fact<'ApiKeyIssued'>['data']> = {}): TenantCommand => ({
  type: 'IssueApiKey',
  key: { ...aKey(number), ...terms },
  now: NOW,
});
const create: TenantCommand = {
  type: 'CreateTenant',
  usageShards: 16,
  tenantId: TENANT,
  name: 'Acme',
  entityId: ENTITY,
  seriesId: SERIES,
  timeZone: 'Europe/Berlin',
  firstKey: aKey(),
};
const set = (change: Partial<BillingPolicy>): TenantCommand => ({ type: 'SetBillingPolicy', change });
const policy = (change: Partial<BillingPolicy>) =>
  ({ type: 'BillingPolicySet', data: { ...DEFAULT_BILLING_POLICY, ...change } }) as const;

describe('a tenant', () => {
  it('is created with all that billing needs', () => {
    given()
      .when(create)
      .then(
        { type: 'TenantCreated', data: { tenantId: TENANT, name: 'Acme', usageShards: 16 } },
        { type: 'LegalEntityDefined', data: { entityId: ENTITY, timeZone: 'Europe/Berlin' } },
        {
          type: 'NumberSeriesOpened',
          data: { seriesId: SERIES, entityId: ENTITY, documentKind: 'invoice', format: 'INV-{sequence:6}', start: 1 },
        },
        policy({}),
        { type: 'ApiKeyIssued', data: aKey() },
      );
  });

  it('is a test tenant for good, if it was created so', () => {
    const test = { clockId: anId('clk') };
    expect(given().when({ ...create, test }).facts[0]).toEqual({
      type: 'TenantCreated',
      data: { tenantId: TENANT, name: 'Acme', usageShards: 16, test },
    });
    expect(given().after({ ...create, test }).state.test).toEqual(test);
    expect(given().after(create).state.test).toBeNull();
    given()
      .after(create)
      .when({ ...create, test })
      .thenNothing();
  });

  it('is created once', () => {
    given().after(create).when(create).thenNothing();
  });

  it.each<TenantCommand>([
    set({ billing: 'manual' }),
    { type: 'ChangeTenantSettings', change: {} },
    issue(2),
    { type: 'SuspendTenant', reason: 'unpaid', by: OTHER },
    { type: 'ReinstateTenant' },
    { type: 'RevokeApiKey', keyId: anId('key') },
  ])('has to be there for $type', (command) => {
    given().when(command).thenRefused('tenant_not_found');
  });
});

describe('a suspension', () => {
  const suspend: TenantCommand = { type: 'SuspendTenant', reason: 'unpaid', by: OTHER };
  const reinstate: TenantCommand = { type: 'ReinstateTenant', reason: 'paid' };

  it('is told once, with its reason', () => {
    given()
      .after(create)
      .when(suspend)
      .then({ type: 'TenantSuspended', data: { reason: 'unpaid' } });
    given().after(create, suspend).when(suspend).thenNothing();
  });

  it('is not of the tenant that asks for it', () => {
    given()
      .after(create)
      .when({ ...suspend, by: TENANT })
      .thenRefused('own_tenant');
  });

  it('ends once, with a reason or without', () => {
    given()
      .after(create, suspend)
      .when(reinstate)
      .then({ type: 'TenantReinstated', data: { reason: 'paid' } });
    given().after(create, suspend).when({ type: 'ReinstateTenant' }).then({ type: 'TenantReinstated', data: {} });
    given().after(create, suspend, reinstate).when(reinstate).thenNothing();
    given().after(create).when(reinstate).thenNothing();
  });
});

describe('what a tenant begins with', () => {
  const SETTINGS = {
    name: 'Acme',
    timeZone: 'Europe/Berlin',
    netTermsDays: 30,
    invoiceNumberFormat: 'INV-{sequence:6}',
  };
  const change = (change: TenantSettingsChange): TenantCommand => ({ type: 'ChangeTenantSettings', change });
  const changed = (parts: Partial<TenantSettings>) =>
    ({ type: 'TenantSettingsChanged', data: { ...SETTINGS, ...parts } }) as const;

  it('keeps what a change leaves out', () => {
    given()
      .after(create, change({ legalName: 'Acme GmbH' }))
      .when(change({ name: 'Acme Cloud', timeZone: 'Asia/Tokyo', netTermsDays: 14 }))
      .then(changed({ name: 'Acme Cloud', legalName: 'Acme GmbH', timeZone: 'Asia/Tokyo', netTermsDays: 14 }));
  });

  it('is asked for as it is created, or not told apart', () => {
    const settings = { name: 'Acme', legalName: 'Acme GmbH', invoiceNumbers: { digits: 4 } };
    expect(
      given()
        .when({ ...create, settings })
        .facts.at(-1),
    ).toEqual(changed({ legalName: 'Acme GmbH', invoiceNumberFormat: 'INV-{sequence:4}' }));
    expect(
      given()
        .when({ ...create, settings: { name: 'Acme' } })
        .facts.at(-1)!.type,
    ).toBe('ApiKeyIssued');
  });

  it('loses its legal name where null says so', () => {
    given()
      .after(create, change({ legalName: 'Acme GmbH' }))
      .when(change({ legalName: null }))
      .then(changed({}));
    given()
      .after(create)
      .when(change({ legalName: null }))
      .thenNothing();
  });

  it('is not told again where it is so', () => {
    given()
      .after(create)
      .when(change({ name: 'Acme', invoiceNumbers: { prefix: 'INV-', digits: 6 } }))
      .thenNothing();
    given().after(create).when(change({})).thenNothing();
  });

  it('numbers invoices in the same series, from the same start', () => {
    const { state } = given().after(create, change({ invoiceNumbers: { prefix: 'A-{year}-' } }));
    expect(state.invoiceSeries.get(ENTITY)!).toEqual({
      seriesId: SERIES,
      entityId: ENTITY,
      documentKind: 'invoice',
      format: 'A-{year}-{sequence:6}',
      start: 1,
    });
    expect(state.entities.get(ENTITY)).toEqual({ entityId: ENTITY, timeZone: 'Europe/Berlin' });
  });

  it.each(['', 'A', 'A1-', '{year}/{month}.', 'a_', `${'A'.repeat(31)}-`])('takes the prefix “%s”', (prefix) => {
    given()
      .after(create)
      .when(change({ invoiceNumbers: { prefix } }))
      .then(changed({ invoiceNumberFormat: `${prefix}{sequence:6}` }));
  });

  it.each([
    '1',
    'A-1',
    '{year}',
    'A-{month}',
    '{sequence}-',
    '{account}-',
    'A B-',
    'Ä-',
    'TEST-',
    'TEST-CN-',
    'TEST-2-',
    'A'.repeat(33),
  ])('does not take the prefix “%s”', (prefix) => {
    given()
      .after(create)
      .when(change({ invoiceNumbers: { prefix } }))
      .thenRefused('invalid_invoice_prefix', '/invoiceNumbers/prefix');
  });

  describe('the numbers of credit notes', () => {
    const created = given().after(create);

    it('are their own, or those of the invoices, and a format like theirs', () => {
      const own = changed({ creditNoteNumberFormat: 'GS-{sequence:6}' });
      created.when(change({ creditNoteNumbers: { prefix: 'GS-' } })).then(own);
      created.when(change({ creditNoteNumbers: null })).then(changed({ creditNoteNumberFormat: null }));
      created.when(change({ creditNoteNumbers: {} })).thenNothing();
      created
        .after(change({ creditNoteNumbers: null }))
        .when(change({ creditNoteNumbers: { digits: 4 } }))
        .then(changed({ creditNoteNumberFormat: 'CN-{sequence:4}' }));
    });

    it('are never those of an invoice', () => {
      const code = 'invalid_invoice_prefix';
      created.when(change({ creditNoteNumbers: { prefix: 'INV-' } })).thenRefused(code, '/creditNoteNumbers/prefix');
      created.when(change({ invoiceNumbers: { prefix: 'CN-' } })).thenRefused(code, '/invoiceNumbers/prefix');
      created.when(change({ creditNoteNumbers: { prefix: 'A1' } })).thenRefused(code, '/creditNoteNumbers/prefix');
      created
        .when(change({ invoiceNumbers: { prefix: '{year}-' }, creditNoteNumbers: { prefix: '2026-' } }))
        .thenRefused(code, '/invoiceNumbers/prefix');
    });

    it('are also not those that an invoice had before, nor the other way round', () => {
      const code = 'invalid_invoice_prefix';
      const renamed = created.after(
        change({ invoiceNumbers: { prefix: 'A-' } }),
        change({ creditNoteNumbers: { prefix: 'GS-' } }),
      );
      renamed.when(change({ creditNoteNumbers: { prefix: 'INV-' } })).thenRefused(code, '/creditNoteNumbers/prefix');
      renamed.when(change({ invoiceNumbers: { prefix: 'CN-' } })).thenRefused(code, '/invoiceNumbers/prefix');
      renamed
        .when(change({ invoiceNumbers: { prefix: 'INV-' } }))
        .then(changed({ creditNoteNumberFormat: 'GS-{sequence:6}' }));
      created
        .after(change({ creditNoteNumbers: null }))
        .when(change({ invoiceNumbers: { prefix: 'CN-' } }))
        .thenRefused(code, '/invoiceNumbers/prefix');
    });
  });
});

describe('a billing policy', () => {
  it('keeps what a change leaves out', () => {
    given()
      .after(create, set({ billing: 'manual' }))
      .when(set({ usageWindow: { pastDays: 30, futureHours: 2 } }))
      .then(policy({ billing: 'manual', usageWindow: { pastDays: 30, futureHours: 2 } }));
  });

  it('is not set again to what it is', () => {
    given().after(create).when(set({})).thenNothing();
    given().after(create).when(set(DEFAULT_BILLING_POLICY)).thenNothing();
    given()
      .after(create)
      .when(set({ usageWindow: { ...DEFAULT_BILLING_POLICY.usageWindow } }))
      .thenNothing();
  });

  it('skips invoices of nothing until it is told to issue them', () => {
    given()
      .after(create)
      .when(set({ zeroInvoices: 'skip' }))
      .thenNothing();
    given()
      .after(create)
      .when(set({ zeroInvoices: 'issue' }))
      .then(policy({ zeroInvoices: 'issue' }));
  });

  it('grants grace for at least an hour', () => {
    given()
      .after(create)
      .when(set({ finalize: 'grace' }))
      .thenRefused('grace_hours_required');
    given()
      .after(create)
      .when(set({ finalize: 'grace', graceHours: 1 }))
      .then(policy({ finalize: 'grace', graceHours: 1 }));
    given()
      .after(create, set({ finalize: 'grace', graceHours: 1 }))
      .when(set({ graceHours: 0 }))
      .thenRefused('grace_hours_required');
  });
});

describe('an API key', () => {
  it('is issued once', () => {
    given()
      .after(create)
      .when(issue(2))
      .then({ type: 'ApiKeyIssued', data: aKey(2) });
    given().after(create).when(issue()).thenNothing();
  });

  it('is issued for a while, and for so many requests an hour', () => {
    const terms = { scopes: ['usage.write'], expiresAt: at('2026-01-15T12:00:01Z'), requestsPerHour: 10 };
    given()
      .after(create)
      .when(issue(2, terms))
      .then({ type: 'ApiKeyIssued', data: { ...aKey(2), ...terms } });
  });

  it('is not issued for a time that is over', () => {
    given()
      .after(create)
      .when(issue(2, { expiresAt: NOW }))
      .thenRefused('expiry_in_past');
  });

  it('is revoked once, and only if there is one', () => {
    const revoke: TenantCommand = { type: 'RevokeApiKey', keyId: anId('key') };
    given()
      .after(create)
      .when(revoke)
      .then({ type: 'ApiKeyRevoked', data: { keyId: anId('key') } });
    given().after(create, revoke).when(revoke).thenNothing();
    given()
      .after(create)
      .when({ type: 'RevokeApiKey', keyId: anId('key', 2) })
      .thenRefused('api_key_not_found');
  });

  it('stays revoked though it is issued again', () => {
    const revoke: TenantCommand = { type: 'RevokeApiKey', keyId: anId('key') };
    given().after(create, revoke).when(issue()).thenNothing();
    expect(given().after(create, revoke).state.apiKeys.get(anId('key'))).toMatchObject({ revoked: true });
  });
});
