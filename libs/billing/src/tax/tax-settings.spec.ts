import type { TaxRate } from '#contracts';
import { anId, ENTITY, givenFor, like, on, SERIES, TENANT } from '#testing';
import { describe, it } from '@jest/globals';
import type { TenantCommand } from '../tenant/tenant.commands.js';
import { tenantDecider } from '../tenant/tenant.decider.js';

const created = givenFor(tenantDecider)().after({
  type: 'CreateTenant',
  usageShards: 16,
  tenantId: TENANT,
  name: 'Acme',
  entityId: ENTITY,
  seriesId: SERIES,
  timeZone: 'UTC',
  firstKey: { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] },
});
const define = (parts: Partial<TaxRate> = {}): TenantCommand => ({
  type: 'DefineTaxRate',
  rate: { code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', validFrom: on('2026-01-01'), ...parts },
});

describe('a tax rate', () => {
  it('is told once, and again where it is something else', () => {
    created.when(define()).then(like('TaxRateDefined', { code: 'de-vat', rate: '19' }));
    created.after(define()).when(define()).thenNothing();
    created
      .after(define())
      .when(define({ rate: '16' }))
      .then(like('TaxRateDefined', { rate: '16' }));
  });

  it.each(['exempt', 'flat', 'outside', 'reverse_charge'])(
    'is not called %s, by which documents say that none counts',
    (code) => {
      created.when(define({ code })).thenRefused('invalid_tax_rate', '/code');
    },
  );

  it('is of one jurisdiction, in all of its versions', () => {
    created
      .after(define())
      .when(define({ jurisdiction: 'AT', rate: '20', validFrom: on('2027-01-01') }))
      .thenRefused('invalid_tax_rate', '/jurisdiction');
  });

  it('is one of eight of its jurisdiction at the most: a document has room for those of a country and a region', () => {
    const eight = created.after(...Array.from({ length: 8 }, (_, index) => define({ code: `de-${index}` })));
    eight.when(define({ code: 'de-9' })).thenRefused('too_many_tax_rates', '/jurisdiction');
    eight.when(define({ code: 'de-7', validFrom: on('2027-01-01') })).then(like('TaxRateDefined', { code: 'de-7' }));
    eight.when(define({ code: 'de-by', jurisdiction: 'DE-BY' })).then(like('TaxRateDefined', { code: 'de-by' }));
  });
});
