import {
  aCatalog,
  anAccount,
  anId,
  at,
  billAccount,
  createSubscription,
  givenFor,
  GRACE,
  INVOICE,
  issueCreditNote,
  SERIES,
  sealed,
  voidCreditNote,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { allLines } from '../invoice/invoice.js';

const given = givenFor(accountDecider);
const DELIVERY = anId('dlv');
const SENT_AT = at('2026-01-02T00:00:00Z');

const request = (number = 1) =>
  ({ type: 'RequestDelivery', deliveryId: anId('dlv', number), documentId: INVOICE, personal: sealed('to') }) as const;
const recordSent = {
  type: 'RecordSent',
  deliveryId: DELIVERY,
  messageId: '<1@acme.example>',
  sentAt: SENT_AT,
  refusedRecipients: 1,
} as const;
const recordFailure = { type: 'RecordSendFailure', deliveryId: DELIVERY, code: 'not_taken', detail: 'away' } as const;
const numberInvoice = {
  type: 'NumberInvoice',
  invoiceId: INVOICE,
  seriesId: SERIES,
  sequence: 1,
  number: 'INV-000001',
} as const;

const subscribed = given(anAccount()).after(createSubscription({ catalog: aCatalog() }));
const issued = subscribed.after(billAccount());
const numbered = issued.after(numberInvoice);
const requested = numbered.after(request());

const NOTE = anId('crn');
const { facts } = subscribed.when(billAccount());
const lines = facts.flatMap(({ type, data }) => (type === 'InvoiceLinesAdded' ? allLines(data) : []));
const creditNote = issueCreditNote(lines, { kind: 'cancellation' });
const numberNote = {
  type: 'NumberCreditNote',
  creditNoteId: NOTE,
  seriesId: SERIES,
  sequence: 1,
  number: 'CN-000001',
} as const;

describe('an invoice that is to be sent', () => {
  it('is asked for in the log, once', () => {
    numbered.when(request()).then({
      type: 'DeliveryRequested',
      data: { deliveryId: DELIVERY, invoiceId: INVOICE, channel: 'email', personal: sealed('to') },
    });
    requested.when(request()).thenNothing();
  });

  it('is issued, has its number and stands', () => {
    subscribed.when(request()).thenRefused('invoice_not_found');
    subscribed
      .after(billAccount({ policy: GRACE }))
      .when(request())
      .thenRefused('invoice_not_finalized');
    issued.when(request()).thenRefused('invoice_not_numbered');
    numbered.after(voidInvoice()).when(request()).thenRefused('invoice_voided');
  });

  it('may be a credit note, which stands and has its number as well', () => {
    const credited = numbered.after(creditNote);
    const asked = { ...request(), documentId: NOTE } as const;
    numbered.when(asked).thenRefused('credit_note_not_found');
    credited.when(asked).thenRefused('credit_note_not_numbered');
    const named = credited.after(numberNote);
    const sent = { deliveryId: DELIVERY, invoiceId: INVOICE, creditNoteId: NOTE };
    named.when(asked).then({ type: 'DeliveryRequested', data: { ...sent, channel: 'email', personal: sealed('to') } });
    const { type: _, ...outcome } = recordSent;
    named
      .after(asked)
      .when(recordSent)
      .then({ type: 'DeliverySent', data: { ...outcome, ...sent } });
    named.after(voidCreditNote()).when(asked).thenRefused('credit_note_voided');
    // One of an invoice is none of its credit note.
    named
      .after(...Array.from({ length: 100 }, (_unused, index) => request(index + 1)))
      .when({ ...asked, deliveryId: anId('dlv', 101) })
      .then({
        type: 'DeliveryRequested',
        data: { ...sent, deliveryId: anId('dlv', 101), channel: 'email', personal: sealed('to') },
      });
  });

  it('is sent a hundred times at the most', () => {
    const often = numbered.after(...Array.from({ length: 100 }, (_, index) => request(index + 1)));
    often.when(request(101)).thenRefused('too_many_deliveries');
  });

  it('was sent, whatever is said of it afterwards', () => {
    const { type: _, ...outcome } = recordSent;
    const sent = { ...outcome, invoiceId: INVOICE };
    requested.when(recordSent).then({ type: 'DeliverySent', data: sent });
    requested.after(recordSent).when(recordSent).thenNothing();
    requested.after(recordSent).when(recordFailure).thenNothing();
  });

  it('could not be sent, unless it was after all', () => {
    const failed = { deliveryId: DELIVERY, invoiceId: INVOICE, code: 'not_taken', detail: 'away' };
    requested.when(recordFailure).then({ type: 'DeliveryFailed', data: failed });
    requested.after(recordFailure).when(recordFailure).thenNothing();
    const { deliveries } = requested.after(recordFailure, recordSent).state;
    expect(deliveries.get(DELIVERY)).toMatchObject({
      status: 'sent',
      failure: null,
      sentAt: SENT_AT,
      refusedRecipients: 1,
    });
  });

  it('is one that is there', () => {
    numbered.when(recordSent).thenRefused('delivery_not_found');
  });
});
