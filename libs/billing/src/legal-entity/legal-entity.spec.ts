import type { Seller } from '#contracts';
import { anId, ENTITY, givenFor, like, SERIES, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { TenantCommand } from '../tenant/tenant.commands.js';
import { settingsOf, tenantDecider } from '../tenant/tenant.decider.js';
import type { Tenant } from '../tenant/tenant.js';
import { seriesOfEntities } from '../tenant/number-series.js';
import { sellerOf } from './legal-entity.js';
import type { LegalEntityChange } from './legal-entity.js';

const given = givenFor(tenantDecider);
const US = anId('ent', 2);
const US_SERIES = anId('ser', 2);
const BERLIN = { line1: 'Invalidenstr. 1', city: 'Berlin', postalCode: '10115', country: 'DE' };
const VAT = { type: 'eu_vat', value: 'DE136695976' } as const;

const create: TenantCommand = {
  type: 'CreateTenant',
  usageShards: 16,
  tenantId: TENANT,
  name: 'Acme',
  entityId: ENTITY,
  seriesId: SERIES,
  timeZone: 'Europe/Berlin',
  firstKey: { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] },
};
const define = (details: LegalEntityChange = {}, prefix = 'US-', number = 2): TenantCommand => ({
  type: 'DefineLegalEntity',
  entityId: anId('ent', number),
  seriesId: anId('ser', number),
  details: { name: 'Acme Inc.', ...details },
  invoiceNumbers: { prefix },
});
const change = (change: LegalEntityChange, entityId = ENTITY): TenantCommand => ({
  type: 'ChangeLegalEntity',
  entityId,
  change,
});
const numbers = (prefix: string, entityId = ENTITY): TenantCommand => ({
  type: 'ChangeLegalEntity',
  entityId,
  change: {},
  invoiceNumbers: { prefix },
});
const entity = (data: object) => ({ type: 'LegalEntityDefined', data: { entityId: ENTITY, ...data } }) as never;

describe('the first legal entity', () => {
  it('says who it is, whole, and keeps what a change leaves out', () => {
    const { state } = given().after(create, change({ name: 'Acme GmbH', address: BERLIN }));
    given()
      .after(create, change({ name: 'Acme GmbH', address: BERLIN }))
      .when(change({ taxIds: [VAT], address: null }))
      .then(entity({ timeZone: 'Europe/Berlin', name: 'Acme GmbH', taxIds: [VAT] }));
    expect(settingsOf(state).legalName).toBe('Acme GmbH');
  });

  it('is not told again where it is so, whatever the order of its fields', () => {
    const { city, ...address } = BERLIN;
    given()
      .after(create, change({ address: BERLIN, taxIds: [VAT] }))
      .when(change({ address: { city, ...address }, taxIds: [{ value: VAT.value, type: VAT.type }], email: null }))
      .thenNothing();
  });

  it('is nothing more where a list or an address says nothing', () => {
    given()
      .after(create)
      .when(change({ taxIds: [], bankAccounts: [], address: {} }))
      .thenNothing();
  });

  it('has the name, zone and numbers of the tenant’s settings, whoever sets them', () => {
    const settings: TenantCommand = {
      type: 'ChangeTenantSettings',
      change: { legalName: 'Acme AG', timeZone: 'Europe/Zurich', invoiceNumbers: { prefix: 'CH-' } },
    };
    const { state } = given().after(create, change({ name: 'Acme GmbH', address: BERLIN }), settings);
    expect(state.entities.get(ENTITY)).toEqual({
      entityId: ENTITY,
      timeZone: 'Europe/Zurich',
      name: 'Acme AG',
      address: BERLIN,
    });
    const back = given().after(create, settings, change({ name: null, timeZone: 'UTC' }), numbers('INV-')).state;
    expect(settingsOf(back)).toEqual({
      name: 'Acme',
      timeZone: 'UTC',
      netTermsDays: 30,
      invoiceNumberFormat: 'INV-{sequence:6}',
    });
  });

  it('goes by what the tenant is called until it says its legal name', () => {
    const seller = (...commands: TenantCommand[]): Seller => {
      const { entities, name } = given().after(create, ...commands).state;
      return sellerOf(entities.get(ENTITY)!, name);
    };
    expect(seller()).toEqual({ name: 'Acme' });
    expect(seller(change({ name: 'Acme GmbH', taxIds: [VAT] }))).toEqual({ name: 'Acme GmbH', taxIds: [VAT] });
  });

  it('is paid to an account that has a number', () => {
    given()
      .after(create)
      .when(change({ bankAccounts: [{ iban: 'DE89370400440532013000' }, { bankName: 'Bank' }] }))
      .thenRefused('bank_account_number_required', '/bankAccounts/1');
  });
});

describe('another legal entity', () => {
  it('has numbers of its own, from 1 on', () => {
    given()
      .after(create)
      .when(define({ timeZone: 'America/New_York' }))
      .then(
        { type: 'LegalEntityDefined', data: { entityId: US, timeZone: 'America/New_York', name: 'Acme Inc.' } },
        {
          type: 'NumberSeriesOpened',
          data: { seriesId: US_SERIES, entityId: US, documentKind: 'invoice', format: 'US-{sequence:6}', start: 1 },
        },
      );
    given().after(create, define()).when(define()).thenNothing();
  });

  it('keeps its books in the zone of the first one, as it is then, unless it names another', () => {
    given()
      .after(create, change({ timeZone: 'Europe/Zurich' }), define())
      .when(change({ footer: 'x' }, US))
      .then(like('LegalEntityDefined', { timeZone: 'Europe/Zurich' }));
  });

  it('changes how they look, and nobody else’s', () => {
    given()
      .after(create, define())
      .when(numbers('US-{year}-', US))
      .then({ type: 'NumberFormatChanged', data: { seriesId: US_SERIES, format: 'US-{year}-{sequence:6}' } });
    const { state } = given().after(create, define(), numbers('US-{year}-', US));
    expect(state.invoiceSeries.get(US)!.format).toBe('US-{year}-{sequence:6}');
    expect(state.invoiceSeries.get(ENTITY)!.format).toBe('INV-{sequence:6}');
  });

  it('begins its numbers as no other one does', () => {
    const taken = ['invoice_prefix_taken', '/invoiceNumbers/prefix'] as const;
    given()
      .after(create)
      .when(define({}, 'INV-'))
      .thenRefused(...taken);
    given()
      .after(create, define())
      .when(numbers('US-'))
      .thenRefused(...taken);
    given()
      .after(create, define())
      .when({ type: 'ChangeTenantSettings', change: { invoiceNumbers: { prefix: 'US-' } } })
      .thenRefused(...taken);
    given()
      .after(create, define({}, 'US{year}-'))
      .when(numbers('US2026-'))
      .thenRefused(...taken);
    given().after(create, define({}, 'US2025-')).when(numbers('US2026-')).then(like('NumberFormatChanged', {}));
    given()
      .after(create)
      .when(define({}, 'CN-'))
      .thenRefused(...taken);
    given()
      .after(create, define())
      .when({ type: 'ChangeTenantSettings', change: { creditNoteNumbers: { prefix: 'US-' } } })
      .thenRefused('invoice_prefix_taken', '/creditNoteNumbers/prefix');
    given().after(create, define()).when(numbers('US-', US)).thenNothing();
    given().after(create).when(define({}, '1')).thenRefused('invalid_invoice_prefix', '/invoiceNumbers/prefix');
  });

  it('begins its numbers also as no other one ever did', () => {
    const renamed = given().after(create, define(), numbers('USA-', US), numbers('DE-'));
    renamed.when(numbers('US-')).thenRefused('invoice_prefix_taken', '/invoiceNumbers/prefix');
    renamed.when(numbers('INV-', US)).thenRefused('invoice_prefix_taken', '/invoiceNumbers/prefix');
    renamed.when(numbers('US-', US)).then(like('NumberFormatChanged', { format: 'US-{sequence:6}' }));
  });

  it('is one of 50 at most', () => {
    const more = Array.from({ length: 49 }, (_, index) => define({}, `E${index}-`, index + 2));
    given()
      .after(create, ...more)
      .when(define({}, 'F-', 99))
      .thenRefused('too_many_legal_entities');
  });

  it('has to be there to be changed', () => {
    given()
      .after(create)
      .when(change({ name: 'Acme' }, US))
      .thenRefused('legal_entity_not_found');
  });
});

describe('the credit notes of a legal entity', () => {
  const creditNotes = (prefix: string | null, entityId = US): TenantCommand => ({
    type: 'ChangeLegalEntity',
    entityId,
    change: {},
    creditNoteNumbers: prefix === null ? null : { prefix },
  });
  const seriesOf = (state: Tenant, entityId = US) => {
    const { creditNotes: notes, invoices } = seriesOfEntities(state).get(entityId)!;
    return [notes.seriesId === invoices.seriesId, notes.format];
  };
  const two = given().after(create, define());

  it('go on with the numbers of its invoices, or have their own', () => {
    expect(seriesOf(two.state)).toEqual([true, 'US-{sequence:6}']);
    const own = two.after(creditNotes('US-CN-'));
    expect(seriesOf(own.state)).toEqual([false, 'US-CN-{sequence:6}']);
    own.when(creditNotes('US-CN-')).thenNothing();
    expect(seriesOf(own.after(change({ phone: '1' }, US)).state)).toEqual([false, 'US-CN-{sequence:6}']);
    expect(seriesOf(own.after(creditNotes(null)).state)).toEqual([true, 'US-{sequence:6}']);
    expect(sellerOf(own.state.entities.get(US)!, 'Acme')).not.toHaveProperty('creditNoteNumberFormat');
  });

  it('of the first one are a setting of the tenant', () => {
    const { facts, state } = two.when({
      ...creditNotes('GS-', ENTITY),
      change: { name: 'Acme GmbH' },
    } as TenantCommand);
    expect(facts.map(({ type }) => type)).toEqual(['TenantSettingsChanged', 'LegalEntityDefined']);
    expect(seriesOf(state, ENTITY)).toEqual([false, 'GS-{sequence:6}']);
    expect(settingsOf(state)).toMatchObject({ legalName: 'Acme GmbH', creditNoteNumberFormat: 'GS-{sequence:6}' });
  });

  it('begin as no other numbers do, or did', () => {
    const at = '/creditNoteNumbers/prefix';
    two.when(creditNotes('US-')).thenRefused('invalid_invoice_prefix', at);
    two.when(creditNotes('INV-')).thenRefused('invoice_prefix_taken', at);
    two.when(creditNotes('CN-')).thenRefused('invoice_prefix_taken', at);
    const own = two.after(creditNotes('US-CN-'), creditNotes('US-GS-'));
    own.when(numbers('US-CN-', ENTITY)).thenRefused('invoice_prefix_taken', '/invoiceNumbers/prefix');
    own.when(numbers('US-CN-', US)).thenRefused('invalid_invoice_prefix', '/invoiceNumbers/prefix');
  });
});
