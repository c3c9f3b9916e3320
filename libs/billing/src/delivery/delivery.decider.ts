import type { AccountFact, DeliveryFact } from '#contracts';
import { refuse } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import type { DeliveryCommand } from './delivery.commands.js';
import { deliveryOf, documentIdOf, type Delivery } from './delivery.js';
import { sendable, type Sendable } from './sendable.js';

type Command<Type extends DeliveryCommand['type']> = Extract<DeliveryCommand, { type: Type }>;

/** So many at the most: nobody is written to without end. */
const DELIVERIES_PER_DOCUMENT_MAX = 100;

const request = (
  { deliveryId, documentId, personal }: Command<'RequestDelivery'>,
  account: Account,
): readonly AccountFact[] => {
  if (account.deliveries.has(deliveryId)) return [];
  const document = sendable(documentId, account);
  const before = [...account.deliveries.values()].filter((delivery) => documentIdOf(delivery) === documentId);
  if (before.length >= DELIVERIES_PER_DOCUMENT_MAX)
    return refuse('too_many_deliveries', 'A document is sent 100 times at the most.');
  return [{ type: 'DeliveryRequested', data: { deliveryId, ...document, channel: 'email', personal } }];
};

const sent = (
  { deliveryId, messageId, sentAt, refusedRecipients }: Command<'RecordSent'>,
  account: Account,
): readonly AccountFact[] => {
  const delivery = deliveryOf(account, deliveryId);
  return delivery.status === 'sent'
    ? []
    : [{ type: 'DeliverySent', data: { deliveryId, ...sentBy(delivery), messageId, sentAt, refusedRecipients } }];
};

const failed = (
  { deliveryId, code, detail }: Command<'RecordSendFailure'>,
  account: Account,
): readonly AccountFact[] => {
  const delivery = deliveryOf(account, deliveryId);
  return delivery.status === 'requested'
    ? [{ type: 'DeliveryFailed', data: { deliveryId, ...sentBy(delivery), code, detail } }]
    : [];
};

const sentBy = ({ invoiceId, creditNoteId }: Delivery): Sendable =>
  creditNoteId === null ? { invoiceId } : { invoiceId, creditNoteId };

export const deliverySlice: Slice<DeliveryCommand, DeliveryFact> = {
  decide: { RequestDelivery: request, RecordSent: sent, RecordSendFailure: failed },
  evolve: {
    DeliveryRequested({ deliveries }, { deliveryId: id, invoiceId, creditNoteId = null, channel }, { recordedAt }) {
      const begun = {
        status: 'requested',
        sentAt: null,
        messageId: null,
        refusedRecipients: 0,
        failure: null,
      } as const;
      deliveries.set(id, { id, invoiceId, creditNoteId, channel, requestedAt: recordedAt, ...begun });
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
