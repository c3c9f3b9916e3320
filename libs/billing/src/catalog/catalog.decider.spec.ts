import type { Charge } from '#contracts';
import { aCharge, aMeter, aUsageCharge, givenFor, like, on } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { CatalogCommand, PlanContent } from './catalog.commands.js';
import { catalogDecider, planVersion } from './catalog.decider.js';

const given = givenFor(catalogDecider);

const content = (parts: Partial<PlanContent> = {}): PlanContent => ({
  name: 'Standard',
  currency: 'USD',
  interval: { unit: 'month', count: 1 },
  charges: [aCharge()],
  ...parts,
});
const defineMeter: CatalogCommand = { type: 'DefineMeter', meter: aMeter() };
const archiveMeter: CatalogCommand = { type: 'ArchiveMeter', key: 'calls' };
const archivePlan: CatalogCommand = { type: 'ArchivePlan', key: 'standard' };
const publish = (parts: Partial<PlanContent> = {}): CatalogCommand => ({
  type: 'PublishPlan',
  on: on('2026-01-01'),
  key: 'standard',
  content: content(parts),
});
const publishVersion = (parts: Partial<PlanContent> = {}): CatalogCommand => ({
  type: 'PublishPlanVersion',
  on: on('2026-01-01'),
  key: 'standard',
  content: content(parts),
});

describe('a meter', () => {
  it('is defined once', () => {
    given().when(defineMeter).then({ type: 'MeterDefined', data: aMeter() });
    given().after(defineMeter).when(defineMeter).thenRefused('meter_already_exists', '/key');
  });

  it('is refused where it cannot be read', () => {
    given()
      .when({ type: 'DefineMeter', meter: aMeter({ aggregation: 'sum' }) })
      .thenRefused('value_property_required', '/valueProperty');
  });

  it('is archived once, and only if there is one', () => {
    given()
      .after(defineMeter)
      .when(archiveMeter)
      .then({ type: 'MeterArchived', data: { key: 'calls' } });
    given().after(defineMeter, archiveMeter).when(archiveMeter).thenNothing();
    given().when(archiveMeter).thenRefused('meter_not_found');
  });

  it('stays taken once it is archived', () => {
    given().after(defineMeter, archiveMeter).when(defineMeter).thenRefused('meter_already_exists', '/key');
  });
});

describe('a plan', () => {
  it('is published as version 1, with a hash of what it says', () => {
    given()
      .when(publish())
      .then(
        like('PlanVersionPublished', {
          key: 'standard',
          version: 1,
          contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        }),
      );
  });

  it('may say what becomes of invoices of nothing', () => {
    given()
      .after(publish())
      .when(publishVersion({ zeroInvoices: 'issue' }))
      .then(like('PlanVersionPublished', { version: 2, zeroInvoices: 'issue' }));
  });

  it('is published once', () => {
    given()
      .after(publish())
      .when(publish({ name: 'Other' }))
      .thenRefused('plan_already_exists', '/key');
  });

  it('gets new versions, each only if it says something new', () => {
    given()
      .after(publish())
      .when(publishVersion({ name: 'Other' }))
      .then(like('PlanVersionPublished', { version: 2 }));
    given().after(publish()).when(publishVersion()).thenNothing();
    given()
      .after(publish(), publishVersion({ name: 'Other' }))
      .when(publishVersion())
      .then(like('PlanVersionPublished', { version: 3, name: 'Standard' }));
  });

  it('keeps its currency', () => {
    given()
      .after(publish())
      .when(publishVersion({ currency: 'EUR' }))
      .thenRefused('plan_currency_changed', '/currency');
  });

  it('gets no version once it is archived, nor before it is there', () => {
    given()
      .after(publish(), archivePlan)
      .when(publishVersion({ name: 'Other' }))
      .thenRefused('plan_archived');
    given().when(publishVersion()).thenRefused('plan_not_found');
  });

  it('is archived once', () => {
    given()
      .after(publish())
      .when(archivePlan)
      .then({ type: 'PlanArchived', data: { key: 'standard' } });
    given().after(publish(), archivePlan).when(archivePlan).thenNothing();
    given().when(archivePlan).thenRefused('plan_not_found');
  });

  it('is priced in a currency that exists', () => {
    given()
      .when(publish({ currency: 'AAA' }))
      .thenRefused('unknown_currency', '/currency');
  });

  it('may have no charges', () => {
    given()
      .when(publish({ charges: [] }))
      .then(like('PlanVersionPublished', { charges: [] }));
  });

  it.each<[string, string, string[], Charge[]]>([
    ['a key twice', 'duplicate_charge_key', ['/charges/1/key'], [aCharge(), aCharge()]],
    ['a meter of a fee', 'meter_not_allowed', ['/charges/0/meter'], [aCharge({ meter: 'calls' })]],
    ['usage without a meter', 'meter_required', ['/charges/0/meter'], [withoutMeter(aUsageCharge())]],
    ['an unknown meter', 'meter_not_found', ['/charges/0/meter'], [aUsageCharge({ meter: 'tokens' })]],
    ['usage in advance', 'usage_in_advance', ['/charges/0/timing'], [aUsageCharge({ timing: 'in_advance' })]],
    [
      'an interval of what comes once',
      'interval_not_allowed',
      ['/charges/0/interval'],
      [aCharge({ kind: 'one_time', interval: { unit: 'year', count: 1 } })],
    ],
    [
      'prices that are none, each in its place',
      'negative',
      ['/charges/0/price/amount', '/charges/1/price/tiers'],
      [aCharge({ price: { model: 'flat', amount: '-1' } }), aUsageCharge({ price: { model: 'graduated', tiers: [] } })],
    ],
  ])('is refused for %s', (_, code, pointers, charges) => {
    given()
      .after(defineMeter)
      .when(publish({ charges }))
      .thenRefused(code, ...pointers);
  });

  it('does not read a meter that is archived', () => {
    given()
      .after(defineMeter, archiveMeter)
      .when(publish({ charges: [aUsageCharge()] }))
      .thenRefused('meter_not_found', '/charges/0/meter');
  });
});

function withoutMeter({ meter: _, ...charge }: Charge): Charge {
  return charge;
}

describe('a version of a plan', () => {
  const { state } = given().after(publish(), publishVersion({ name: 'Other' }));

  it('is the one that is named, or the latest', () => {
    expect(planVersion(state, 'standard', 1).name).toBe('Standard');
    expect(planVersion(state, 'standard').name).toBe('Other');
  });

  it.each([
    ['other', undefined, '/plan'],
    ['standard', 3, '/planVersion'],
    ['standard', 0, '/planVersion'],
  ] as const)('is not found for %s %s', (key, version, pointer) => {
    expect(() => planVersion(state, key, version)).toThrow(
      expect.objectContaining({ code: 'plan_not_found', violations: [expect.objectContaining({ pointer })] }),
    );
  });
});
