import { beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveryRows } from '../../apps/server/src/webhooks/delivery-rows.js';
import { EffectRows } from '../../apps/server/src/effects/effect-rows.js';
import { WebhookClient } from '../../apps/server/src/webhooks/webhook-client.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { REACHES_THIS_MACHINE, WebhookReceiver } from '../services/webhook-receiver.js';
import { openAccount } from './samples.js';

const EVENTS = 12;

/** Where the one who sends is lost: what it did before stands, and nothing of what comes after happens. */
type Step =
  | 'before events are queued'
  | 'in the middle of queueing'
  | 'after events are queued'
  | 'before anything is claimed'
  | 'after a claim'
  | 'after the answer'
  | 'in the middle of putting down'
  | 'after putting down';

describe('webhooks whose sender is lost', () => {
  const stopping = new Stopping();
  let receiver: WebhookReceiver;
  let recount: TestRecount;
  let client: TestClient;
  let left: { step: Step; times: number } | undefined;

  const lost = (step: Step): void => {
    if (left?.step !== step || left.times === 0) return;
    left.times -= 1;
    throw new Error(`Lost ${step}.`);
  };
  /** Of a service that is there once: what it does is done between two places at which it may be lost. */
  const around = <Service extends object, Name extends keyof Service>(
    service: Service,
    name: Name,
    before: Step | undefined,
    after: Step | undefined,
  ): void => {
    const done = (service[name] as (...given: unknown[]) => Promise<unknown>).bind(service);
    Object.assign(service, {
      [name]: async (...given: unknown[]) => {
        if (before) lost(before);
        const result = await done(...given);
        if (after && (!Array.isArray(result) || result.length > 0)) lost(after);
        return result;
      },
    });
  };

  beforeAll(async () => {
    receiver = await stopping.use(WebhookReceiver.start());
    recount = await stopping.use(TestRecount.start({ webhooks: REACHES_THIS_MACHINE }));
    client = await recount.manualTenant();
    const [rows, places, posts] = [DeliveryRows, EffectRows, WebhookClient].map((service) =>
      recount.app.get<object>(service as never),
    ) as [DeliveryRows, EffectRows, WebhookClient];
    around(places, 'move', 'before events are queued', 'after events are queued');
    around(rows, 'queue', undefined, 'in the middle of queueing');
    around(rows, 'claim', 'before anything is claimed', 'after a claim');
    around(posts, 'post', undefined, 'after the answer');
    around(rows, 'finish', 'in the middle of putting down', 'after putting down');
  });

  it.each<Step>([
    'before events are queued',
    'in the middle of queueing',
    'after events are queued',
    'before anything is claimed',
    'after a claim',
    'after the answer',
    'in the middle of putting down',
    'after putting down',
  ])('%s: each is queued once, comes at least once, and in order', async (step) => {
    const path = `/${step.replaceAll(' ', '-')}`;
    const account = await openAccount(client);
    const { id } = await client.create('webhook-endpoints', {
      url: receiver.url(path),
      eventTypes: ['account.payment_terms_changed'],
      accountIds: [account.id],
    });
    const set = async (netTermsDays: number): Promise<unknown> =>
      client.done('PATCH', `accounts/${account.id}`, { netTermsDays });
    await set(1);
    await eventually(
      () => Promise.resolve(receiver.of(path)),
      ({ length }) => length > 0,
    );
    left = { step, times: 3 };
    for (let days = 2; days <= EVENTS; days++) await set(days);
    await eventually(
      async () => {
        // Whoever is lost with one has it until its lease is over: that time is over at once.
        await recount.database.owner.query(
          `UPDATE ops.webhook_deliveries SET due_at = now()
            WHERE endpoint_id = '${id}' AND due_at BETWEEN now() + interval '10 seconds' AND now() + interval '59 seconds'`,
        );
        return (await client.read(`webhook-endpoints/${id}/deliveries?limit=200`)).data as readonly Any[];
      },
      (rows) => rows.length === EVENTS && rows.every(({ status }) => status === 'delivered'),
    );
    expect(left.times).toBeLessThan(3);
    const days = receiver.of(path).map(({ body }) => JSON.parse(body).data.netTermsDays as number);
    const firsts = [...new Set(days)];
    expect(firsts).toEqual(Array.from({ length: EVENTS }, (_, index) => index + 1));
    // Sent again is what nobody put down, and nothing before it.
    expect(days).toEqual(days.toSorted((left_, right) => left_ - right));
  });
});
