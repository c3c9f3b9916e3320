import { decodeEvent, knownTypeOf, publicEventOf, tenantOfStream, type WebhookFact } from '#contracts';
import { EventLog, type LoggedEvent, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { EffectRows } from '../effects/effect-rows.js';
import { PauseWarning } from '../effects/pause-warning.js';
import { QUEUE_WEBHOOKS } from '../effects/reactors.js';
import { PUBLIC_STREAMS } from '../feed/selection.js';
import { batchesUntilMoved } from '../operational-state/until-moved.js';
import { Looking } from '../worker/looking.js';
import { DeliveryRows } from './delivery-rows.js';
import type { Queued } from './delivery.js';
import {
  endpointAfter,
  EndpointRows,
  isWebhookFact,
  type EndpointChange,
  type KnownEndpoint,
  type KnownEndpoints,
} from './endpoint-rows.js';
import { heardBy } from './hearing.js';
import { WebhookSecrets } from './webhook-secrets.js';

const BATCH_EVENTS = 250;
const LOOK_MILLISECONDS = 1_000;

/**
 * Queues public events for the endpoints that there are at their place in the log, each once: rows and place are put down in one transaction. Where its place is lost, it
 * stands paused.
 */
@Injectable()
export class QueueWebhooksReactor {
  private readonly warning = new PauseWarning(QUEUE_WEBHOOKS);

  constructor(
    private readonly log: EventLog,
    private readonly places: EffectRows,
    private readonly endpoints: EndpointRows,
    private readonly deliveries: DeliveryRows,
    private readonly secrets: WebhookSecrets,
    private readonly looking: Looking,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(() => this.follow(signal, logger), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      failure: 'Webhooks are not queued at the moment; it is tried again.',
    });
  }

  /** Until it is moved or paused. */
  private async follow(signal: AbortSignal, logger: Logger): Promise<void> {
    const begun = await this.places.begin(QUEUE_WEBHOOKS, ['WebhookEndpointCreated']);
    if (this.warning.of(begun.paused, logger)) return this.endpoints.forget();
    let { position } = begun;
    const known = await this.endpoints.upTo(position);
    const batches = batchesUntilMoved(this.log, {
      after: position,
      filter: PUBLIC_STREAMS,
      batchSize: BATCH_EVENTS,
      signal,
      isAtLeastAt: (place) => this.places.isAtLeastAt(QUEUE_WEBHOOKS, place),
    });
    for await (const batch of batches) {
      const { queued, changes } = asked(known, batch.events);
      // The key of a URL goes with its endpoint; done again, it changes nothing.
      for (const { tenantId, fact } of changes)
        if (fact.type === 'WebhookEndpointDeleted') await this.secrets.forgetUrl(tenantId, fact.data.endpointId);
      const isOurs = await this.places.move(
        QUEUE_WEBHOOKS,
        position,
        batch.events.at(-1),
        batch.position,
        async (client) => {
          await this.deliveries.queue(client, queued);
          for (const change of changes) await this.endpoints.write(client, change);
        },
      );
      if (!isOurs) return;
      ({ position } = batch);
    }
  }
}

/** What events ask for, of the endpoints as they are at each of them; these are changed on the way. */
const asked = (
  known: KnownEndpoints,
  events: readonly LoggedEvent[],
): { readonly queued: readonly Queued[]; readonly changes: readonly EndpointChange[] } => {
  const changes: EndpointChange[] = [];
  const queued: Queued[] = [];
  let byTenant = groupedByTenant(known);
  for (const logged of events) {
    const type = knownTypeOf(logged);
    // Most tenants have no endpoint: what is in their events is not even read.
    const endpoints = byTenant.get(tenantOfStream(logged.stream)) ?? [];
    const event = endpoints.length === 0 ? undefined : publicEventOf(logged);
    if (event !== undefined)
      for (const endpoint of endpoints) queued.push(...heardBy(endpoint, event).map((heard) => ({ ...heard, logged })));
    if (!isWebhookFact(type)) continue;
    const { fact, metadata } = decodeEvent<WebhookFact>(logged);
    const change = { tenantId: metadata.tenantId!, fact };
    changes.push(change);
    endpointAfter(known, change);
    byTenant = groupedByTenant(known);
  }
  return { queued, changes };
};

const groupedByTenant = (known: KnownEndpoints): ReadonlyMap<TenantId, readonly KnownEndpoint[]> =>
  Map.groupBy(
    [...known.values()].filter(({ disabled }) => disabled === null),
    ({ tenantId }) => tenantId,
  );
