import { tenantStream } from '#contracts';
import { derivedUuid, type LegalEntityId } from '#kernel';
import { anId, ENTITY, FixedClock, InMemoryEventLog, SERIES, TENANT } from '#testing';
import { expect, it } from '@jest/globals';
import type { TenantCommand } from '../tenant.commands.js';
import { Tenants } from './tenants.js';

const create: TenantCommand = {
  type: 'CreateTenant',
  usageShards: 16,
  tenantId: TENANT,
  name: 'Acme',
  entityId: ENTITY,
  seriesId: SERIES,
  timeZone: 'UTC',
  firstKey: { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] },
};

const carriedOutBy = (tenants: Tenants) => (command: TenantCommand) => {
  const commandId = derivedUuid('spec', command.type);
  const actor = { type: 'operator', id: 'spec' } as const;
  const envelope = { tenantId: TENANT, commandId, requestHash: commandId, actor, correlationId: commandId };
  return tenants.execute(tenantStream(TENANT), envelope, command, () => null);
};

it('a format that another process set counts from the next number on', async () => {
  const log = new InMemoryEventLog();
  const [here, there] = [new Tenants(log, new FixedClock()), new Tenants(log, new FixedClock())];
  const execute = carriedOutBy(here);
  await execute(create);
  expect((await there.seriesOf(TENANT, SERIES)).format).toBe('INV-{sequence:6}');
  await execute({ type: 'ChangeTenantSettings', change: { invoiceNumbers: { prefix: 'ACME-' } } });
  expect(await there.seriesOf(TENANT, SERIES)).toMatchObject({ format: 'ACME-{sequence:6}', start: 1 });
  expect(await there.settings(TENANT)).toMatchObject({ settings: { invoiceNumberFormat: 'ACME-{sequence:6}' } });
});

it('a tenant says over how many streams its usage is spread, as soon as it is there, also at another process', async () => {
  const log = new InMemoryEventLog();
  const [here, there] = [new Tenants(log, new FixedClock()), new Tenants(log, new FixedClock())];
  await expect(there.usageShards(TENANT)).rejects.toMatchObject({ code: 'tenant_not_found' });
  const commandId = derivedUuid('spec', 'create');
  const actor = { type: 'operator', id: 'spec' } as const;
  const envelope = { tenantId: TENANT, commandId, requestHash: commandId, actor, correlationId: commandId };
  await here.execute(tenantStream(TENANT), envelope, { ...create, usageShards: 4 }, () => null);
  expect(await there.usageShards(TENANT)).toBe(4);
});

it('test accounts of two legal entities get no number twice', async () => {
  const tenants = new Tenants(new InMemoryEventLog(), new FixedClock());
  const execute = carriedOutBy(tenants);
  await execute(create);
  const [entityId, seriesId] = [anId('ent', 2), anId('ser', 2)];
  await execute({
    type: 'DefineLegalEntity',
    entityId,
    seriesId,
    details: { name: 'Acme Inc.' },
    invoiceNumbers: { prefix: 'US-' },
  });
  const { issuers } = await tenants.billingTerms(TENANT);
  const formatsOf = (id: LegalEntityId) => {
    const { seriesId: invoices, testSeriesId, creditNoteSeriesId, testCreditNoteSeriesId } = issuers.get(id)!;
    const series = [invoices, testSeriesId, creditNoteSeriesId, testCreditNoteSeriesId];
    return Promise.all(series.map(async (of) => (await tenants.seriesOf(TENANT, of)).format));
  };
  expect(await formatsOf(ENTITY)).toEqual([
    'INV-{sequence:6}',
    'TEST-{sequence:6}',
    'CN-{sequence:6}',
    'TEST-CN-{sequence:6}',
  ]);
  expect(await formatsOf(entityId)).toEqual([
    'US-{sequence:6}',
    'TEST-2-{sequence:6}',
    'US-{sequence:6}',
    'TEST-2-{sequence:6}',
  ]);
});

it('what billing knows of a tenant is made once of each thing that it learns', async () => {
  const tenants = new Tenants(new InMemoryEventLog(), new FixedClock());
  const execute = carriedOutBy(tenants);
  await execute(create);
  const before = await tenants.billingTerms(TENANT);
  expect(await tenants.billingTerms(TENANT)).toBe(before);
  await execute({ type: 'ChangeTenantSettings', change: { netTermsDays: 14 } });
  expect(await tenants.billingTerms(TENANT)).toMatchObject({ netTermsDays: 14, issuers: before.issuers });
});
