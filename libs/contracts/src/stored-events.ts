import { accountEvents } from './events/account.js';
import { aliasEvents } from './events/alias.js';
import { billingRunEvents } from './events/billing-run.js';
import { catalogEvents } from './events/catalog.js';
import { installationEvents } from './events/installation.js';
import { invoiceEvents } from './events/invoice.js';
import { numberingEvents } from './events/numbering.js';
import { paymentEvents } from './events/payment.js';
import type { StoredEvent } from './events/stored-event.js';
import { subscriptionEvents } from './events/subscription.js';
import { tenantEvents } from './events/tenant.js';
import { testClockEvents } from './events/test-clock.js';
import { usageEvents } from './events/usage.js';

/** Every event that the log may hold, by its stored name. */
export const STORED_EVENTS = {
  ...installationEvents,
  ...tenantEvents,
  ...catalogEvents,
  ...usageEvents,
  ...accountEvents,
  ...subscriptionEvents,
  ...invoiceEvents,
  ...paymentEvents,
  ...billingRunEvents,
  ...numberingEvents,
  ...aliasEvents,
  ...testClockEvents,
} satisfies Record<string, StoredEvent>;

export type StoredEventType = keyof typeof STORED_EVENTS;

export const isStoredEventType = (type: string): type is StoredEventType => Object.hasOwn(STORED_EVENTS, type);
