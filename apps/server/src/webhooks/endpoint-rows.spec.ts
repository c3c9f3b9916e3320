import type { WebhookFact, WebhookTerms } from '#contracts';
import { inTransaction } from '#postgres';
import { anId, InMemoryEventLog, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import type { Pools } from '../core/pools.js';
import { EndpointRows } from './endpoint-rows.js';

const endpointId = anId('whe');
const terms: WebhookTerms = {
  url: { keyId: 'k', iv: 'aXY=', ciphertext: 'YQ==' },
  urlDigest: 'b'.repeat(64),
  eventTypes: [],
  accountIds: [],
  ordering: 'account',
  format: 'full',
};

describe('webhook endpoints that are disabled', () => {
  const stopping = new Stopping();

  it('are told once more where somebody enabled them while that was told', async () => {
    const { projector, owner } = await stopping.use(TestDatabase.create());
    const rows = new EndpointRows({ projector, owner } as Pools, new InMemoryEventLog());
    const write = (fact: WebhookFact) =>
      inTransaction(projector, (client) => rows.write(client, { tenantId: TENANT, fact }));
    const isGone = () => projector.query(`UPDATE ops.webhook_endpoints SET disabled = 'gone', told = false`);
    await write({ type: 'WebhookEndpointCreated', data: { endpointId, secretId: anId('whs'), ...terms } });
    await isGone();
    const [first] = await rows.untold();
    await write({ type: 'WebhookEndpointDisabled', data: { endpointId, cause: 'gone', enabledTimes: 0 } });
    await write({ type: 'WebhookEndpointEnabled', data: { endpointId } });
    await isGone();
    await rows.told(first!);
    const [second] = await rows.untold();
    expect(second).toMatchObject({ endpointId, disabled: 'gone', enabledTimes: 1 });
    await rows.told(second!);
    expect(await rows.untold()).toEqual([]);
  });
});
