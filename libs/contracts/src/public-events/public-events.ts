import type { TObject } from 'typebox';
import type { StoredEventType } from '../stored-events.js';
import { publicAccountEvents } from './account.js';
import { publicBillingRunEvents } from './billing-run.js';
import { publicCatalogEvents } from './catalog.js';
import { publicInvoiceEvents } from './invoice.js';
import { publicPaymentEvents } from './payment.js';
import type { ToldEvent, WithheldEvent } from './public-event.js';
import { publicSubscriptionEvents } from './subscription.js';
import { publicTenantEvents } from './tenant.js';
import { publicTestClockEvents } from './test-clock.js';
import { publicTransferEvents } from './transfer.js';
import { publicUsageEvents } from './usage.js';

/** What becomes of each stored event outside. The compiler says when a stored event is neither told nor withheld. */
export const PUBLICITY = {
  ...publicTenantEvents,
  ...publicCatalogEvents,
  ...publicAccountEvents,
  ...publicSubscriptionEvents,
  ...publicUsageEvents,
  ...publicBillingRunEvents,
  ...publicInvoiceEvents,
  ...publicPaymentEvents,
  ...publicTransferEvents,
  ...publicTestClockEvents,
} satisfies { readonly [Type in StoredEventType]: ToldEvent<Type> | WithheldEvent };

type Publicity = typeof PUBLICITY;

/** The name of a public event: `invoice.finalized`. */
export type PublicEventType = {
  [Type in StoredEventType]: Publicity[Type] extends { readonly type: infer Name extends string } ? Name : never;
}[StoredEventType];

/** What is known of a public event whatever it tells. */
export type PublicEventKind = Omit<ToldEvent, 'tell' | 'example' | 'type'> & {
  readonly type: PublicEventType;
  /** The stored event behind it. */
  readonly from: StoredEventType;
  readonly shape: TObject;
  readonly example: object;
};

/** Every public event by its name, in the order in which a newcomer meets them. */
export const PUBLIC_EVENTS: ReadonlyMap<PublicEventType, PublicEventKind> = new Map(
  (Object.entries(PUBLICITY) as [StoredEventType, ToldEvent | WithheldEvent][]).flatMap(([from, publicity]) =>
    'withheld' in publicity
      ? []
      : [[publicity.type as PublicEventType, { ...publicity, from } as PublicEventKind] as const],
  ),
);

export const isPublicEventType = (type: string): type is PublicEventType => PUBLIC_EVENTS.has(type as PublicEventType);
