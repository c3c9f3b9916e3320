import type { AccountFact, DeliveryFact } from '#contracts';
import { refuse } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import { invoiceOf } from '../invoice/invoice.js';
import type { DeliveryCommand } from './delivery.commands.js';
import { deliveryOf } from './delivery.js';

type Command<Type extends DeliveryCommand['type']> = Extract<DeliveryCommand, { type: Type }>;

/** Of an invoice, so many at the most: nobody is written to without end. */
const DELIVERIES_PER_INVOICE_MAX = 100;

const request = (
  { deliveryId, invoiceId, personal }: Command<'RequestDelivery'>,
  account: Account,
): readonly AccountFact[] => {
  if (account.deliveries.has(deliveryId)) return [];
  const { status, number } = invoiceOf(account, invoiceId);
  if (status === 'draft') return refuse('invoice_not_finalized', 'A draft is not issued yet.');
  if (status === 'void') return refuse('invoice_voided', 'The invoice is void.');
  if (number === null)
    return refuse('invoice_not_numbered', 'The invoice has no number yet: it gets one in a moment.', 'conflict');
  const before = [...account.deliveries.values()].filter((delivery) => delivery.invoiceId === invoiceId);
  if (before.length >= DELIVERIES_PER_INVOICE_MAX)
    return refuse('too_many_deliveries', 'An invoice is sent 100 times at the most.');
  return [{ type: 'DeliveryRequested', data: { deliveryId, invoiceId, channel: 'email', personal } }];
};

const sent = (
  { deliveryId, messageId, sentAt, refusedRecipients }: Command<'RecordSent'>,
  account: Account,
): readonly AccountFact[] => {
  const { status, invoiceId } = deliveryOf(account, deliveryId);
  return status === 'sent'
    ? []
    : [{ type: 'DeliverySent', data: { deliveryId, invoiceId, messageId, sentAt, refusedRecipients } }];
};

const failed = (
  { deliveryId, code, detail }: Command<'RecordSendFailure'>,
  account: Account,
): readonly AccountFact[] => {
  const { status, invoiceId } = deliveryOf(account, deliveryId);
  return status === 'requested' ? [{ type: 'DeliveryFailed', data: { deliveryId, invoiceId, code, detail } }] : [];
};

export const deliverySlice: Slice<DeliveryCommand, DeliveryFact> = {
  decide: { RequestDelivery: request, RecordSent: sent, RecordSendFailure: failed },
  evolve: {
    DeliveryRequested({ deliveries }, { deliveryId: id, invoiceId, channel }, { recordedAt }) {
      const begun = {
        status: 'requested',
        sentAt: null,
        messageId: null,
        refusedRecipients: 0,
        failure: null,
      } as const;
      deliveries.set(id, { id, invoiceId, channel, requestedAt: recordedAt, ...begun });
    },
    DeliverySent(account, { deliveryId, messageId, sentAt, refusedRecipients }) {
      const delivery = deliveryOf(account, deliveryId);
      delivery.status = 'sent';
      delivery.messageId = messageId;
      delivery.sentAt = sentAt;
      delivery.refusedRecipients = refusedRecipients;
      delivery.failure = null;
    },
    DeliveryFailed(account, { deliveryId, code, detail }) {
      const delivery = deliveryOf(account, deliveryId);
      delivery.status = 'failed';
      delivery.failure = { code, detail };
    },
  },
};
