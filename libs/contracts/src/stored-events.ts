import { accountEvents } from './events/account.js';
import { aliasEvents } from './events/alias.js';
import { billingRunEvents } from './events/billing-run.js';
import { catalogEvents } from './events/catalog.js';
import { installationEvents } from './events/installation.js';
import { invoiceEvents } from './events/invoice.js';
import { invoiceItemEvents } from './events/invoice-item.js';
import { numberingEvents } from './events/numbering.js';
import { paymentEvents } from './events/payment.js';
import type { StoredEvent } from './events/stored-event.js';
import { subscriptionEvents } from './events/subscription.js';
import { tenantEvents } from './events/tenant.js';
import { testClockEvents } from './events/test-clock.js';
import { usageEvents } from './events/usage.js';

/** By what they tell of, in the order in which a newcomer meets them. */
export const STORED_EVENTS_BY_SUBJECT = {
  'Installation and tenant': { ...installationEvents, ...tenantEvents, ...aliasEvents },
  Catalog: catalogEvents,
  Usage: usageEvents,
  Account: accountEvents,
  Subscription: subscriptionEvents,
  Invoice: { ...invoiceItemEvents, ...invoiceEvents },
  'Payment and ledger': paymentEvents,
  'Billing run and numbering': { ...billingRunEvents, ...numberingEvents },
  'Test clock': testClockEvents,
} satisfies Record<string, Readonly<Record<string, StoredEvent>>>;

const subjects = STORED_EVENTS_BY_SUBJECT;

/** Every event that the log may hold, by its stored name. */
export const STORED_EVENTS = {
  ...subjects['Installation and tenant'],
  ...subjects.Catalog,
  ...subjects.Usage,
  ...subjects.Account,
  ...subjects.Subscription,
  ...subjects.Invoice,
  ...subjects['Payment and ledger'],
  ...subjects['Billing run and numbering'],
  ...subjects['Test clock'],
};

export type StoredEventType = keyof typeof STORED_EVENTS;

export const isStoredEventType = (type: string): type is StoredEventType => Object.hasOwn(STORED_EVENTS, type);
