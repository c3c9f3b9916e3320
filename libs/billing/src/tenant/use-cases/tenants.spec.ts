import { tenantStream } from '#contracts';
import { derivedUuid } from '#kernel';
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

it('a format that another process set counts from the next number on', async () => {
  const log = new InMemoryEventLog();
  const [here, there] = [new Tenants(log, new FixedClock()), new Tenants(log, new FixedClock())];
  const execute = (command: TenantCommand) => {
    const commandId = derivedUuid('spec', command.type);
    const actor = { type: 'operator', id: 'spec' } as const;
    const envelope = { tenantId: TENANT, commandId, requestHash: commandId, actor, correlationId: commandId };
    return here.execute(tenantStream(TENANT), envelope, command, () => null);
  };
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
