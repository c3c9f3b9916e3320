import { Type } from 'typebox';
import { fact } from './fact.js';
import { exampleId } from './public-shapes.js';
import { IdText, InstantText, OneOf, PersonalShape, Text } from './shapes.js';

const deliveryId = IdText('dlv');
const invoiceId = IdText('inv');
/** What is sent, where it is a credit note: the invoice is what that is of. */
const creditNoteId = Type.Optional(IdText('crn'));
const example = { deliveryId: exampleId('dlv'), invoiceId: exampleId('inv') };

/** What is sent stands here before it is sent: whoever sends finds it in the log, and what became of it. */
export const deliveryFacts = {
  DeliveryRequested: fact('An invoice or a credit note is to be sent to somebody.', {
    deliveryId,
    invoiceId,
    creditNoteId,
    channel: OneOf('email'),
    /** To whom, under the key of issued documents. */
    personal: PersonalShape,
  }).told({
    type: 'delivery.requested',
    means: 'An invoice or a credit note is to be sent to somebody.',
    fields: ['deliveryId', 'invoiceId', 'creditNoteId', 'channel'],
    example: { ...example, channel: 'email' },
  }),
  DeliverySent: fact(
    'It left the house: the next server on its way has taken it.',
    {
      deliveryId,
      invoiceId,
      creditNoteId,
      /** As in the `Message-ID` of the mail. */
      messageId: Type.String({ maxLength: 256, description: 'As in the `Message-ID` of the mail' }),
      sentAt: InstantText,
      /** Of those whom it was for, how many the server did not take it for. */
      refusedRecipients: Type.Integer({
        minimum: 0,
        description: 'How many of its recipients the server did not take it for',
      }),
    },
    'sentAt',
  ).told({
    type: 'delivery.sent',
    means: 'An invoice or a credit note was sent: the next server on its way has taken it.',
    fields: ['deliveryId', 'invoiceId', 'creditNoteId', 'sentAt', 'refusedRecipients'],
    example: { ...example, sentAt: '2026-02-01T00:00:05Z', refusedRecipients: 0 },
  }),
  DeliveryFailed: fact('It was refused for good, or nobody took it in time.', {
    deliveryId,
    invoiceId,
    creditNoteId,
    code: Type.String({ maxLength: 64 }),
    detail: Text('Why, without whom it was for'),
  }).told({
    type: 'delivery.failed',
    means: 'An invoice or a credit note could not be sent: it was refused for good, or nobody took it in time.',
    fields: ['deliveryId', 'invoiceId', 'creditNoteId', 'code'],
    example: { ...example, code: 'recipient_refused' },
  }),
};
