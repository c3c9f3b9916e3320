import type { PublicEvent, PublicEventType } from '#contracts';
import { derivedId, derivedUuid, type TenantId, type WebhookDeliveryId, type WebhookReplayId } from '#kernel';
import { selected, typesNamed } from '../feed/selection.js';
import type { KnownEndpoint } from './endpoint-rows.js';

/** One message that an endpoint is to get. */
export interface Heard {
  readonly deliveryId: WebhookDeliveryId;
  readonly endpoint: KnownEndpoint;
  readonly event: PublicEvent;
  /** What is in one queue comes one after the other. */
  readonly queue: string;
}

const typeSets = new WeakMap<readonly string[], ReadonlySet<PublicEventType>>();

/** Of names, and of all of a thing: `invoice.*`. */
const typesOf = (names: readonly string[]): ReadonlySet<PublicEventType> => {
  let types = typeSets.get(names);
  if (!types) typeSets.set(names, (types = new Set(names.flatMap(typesNamed))));
  return types;
};

const selectionOf = (tenantId: TenantId, names: readonly string[]) =>
  names.length === 0 ? { tenantId } : { tenantId, types: typesOf(names) };

/**
 * What an endpoint hears of an event: the event, if it wants it; where it wants that of some accounts alone, of an event about several the part of each. Asked again, the
 * ids are the same; those of a replay are its own.
 */
export const heardBy = (
  endpoint: KnownEndpoint,
  event: PublicEvent,
  replayId: WebhookReplayId | null = null,
): readonly Heard[] => {
  const { tenantId, terms } = endpoint;
  const selection = selectionOf(tenantId, terms.eventTypes);
  const accounts = terms.accountIds;
  const parts =
    accounts.length === 0
      ? [selected(selection, event)]
      : (event.accountId === undefined ? accounts : accounts.filter((id) => id === event.accountId)).map((id) =>
          // The streams of an account do not matter here.
          selected({ ...selection, account: { id, usageShards: 1 } }, event),
        );
  return parts.flatMap((part) => (part === undefined ? [] : [heard(endpoint, part, event, replayId)]));
};

const heard = (
  endpoint: KnownEndpoint,
  event: PublicEvent,
  whole: PublicEvent,
  replayId: WebhookReplayId | null,
): Heard => {
  const deliveryId = derivedId('whd', endpoint.endpointId, messageId(event, whole), replayId ?? '');
  const queue = endpoint.terms.ordering === 'none' ? deliveryId : `${replayId ?? ''} ${event.accountId ?? ''}`;
  return { deliveryId, endpoint, event, queue };
};

/** Who has two parts of one event has two messages. */
export const messageId = (event: PublicEvent, whole: PublicEvent): string =>
  event.accountId === whole.accountId ? event.id : derivedUuid('part', event.id, event.accountId!);
