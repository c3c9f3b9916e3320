import { Type } from 'typebox';
import { fact } from './fact.js';
import { exampleId, usd } from './public-shapes.js';
import { DateText, IdText, MoneyShape, Text, TimerShape } from './shapes.js';

const invoiceId = IdText('inv');
const example = exampleId('inv');

/** What becomes of what an issued invoice is owed. */
export const owedInvoiceFacts = {
  InvoicePaid: fact('Nothing is owed any more.', { invoiceId, paidOn: DateText }, 'paidOn').told({
    type: 'invoice.paid',
    means: 'Nothing is owed for an invoice any more.',
    fields: ['invoiceId', 'paidOn'],
    example: { invoiceId: example, paidOn: '2026-02-10' },
  }),
  InvoiceOverdue: fact('Its due day has passed unpaid.', { invoiceId, dueOn: DateText }, 'dueOn').told({
    type: 'invoice.overdue',
    means: 'The due day of an invoice has passed unpaid.',
    fields: ['invoiceId', 'dueOn'],
    example: { invoiceId: example, dueOn: '2026-02-15' },
  }),
  InvoiceReopened: fact(
    'It was paid, and is owed again: a payment or credit that had settled it is gone.',
    {
      invoiceId,
      bookedOn: DateText,
      amountDue: MoneyShape,
      /** Announces that it is overdue; absent if its day has passed already. */
      timer: Type.Optional(TimerShape),
    },
    'bookedOn',
  ).told({
    type: 'invoice.reopened',
    means: 'An invoice that was paid is owed again: a payment or credit that had settled it is gone.',
    fields: ['invoiceId', 'bookedOn', 'amountDue'],
    example: { invoiceId: example, bookedOn: '2026-02-20', amountDue: usd('24.55') },
  }),
  InvoiceMarkedUncollectible: fact(
    'Given up: what was owed is an expense.',
    { invoiceId, reason: Type.Optional(Text()), bookedOn: DateText, amountDue: MoneyShape },
    'bookedOn',
  ).told({
    type: 'invoice.marked_uncollectible',
    means: 'What was owed for an invoice is given up.',
    fields: ['invoiceId', 'bookedOn', 'amountDue'],
    example: { invoiceId: example, bookedOn: '2026-06-30', amountDue: usd('24.55') },
  }),
};
