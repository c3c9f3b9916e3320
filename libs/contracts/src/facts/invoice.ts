import { money } from '#kernel';
import { Type } from 'typebox';
import { fact } from './fact.js';
import { Line, Period, Reopened, Rest, Totals } from './invoice-shapes.js';
import { SellerShape } from './party-shapes.js';
import { RevenueShape } from './revenue-shapes.js';
import { DocumentTaxShape, TaxationShape, TaxFailureShape } from './tax-shapes.js';
import { ItemLine } from './invoice-item.js';
import { TopUpLine } from './wallet-shapes.js';
import { exampleId, PublicMoney, publicMoney, usd } from './public-shapes.js';
import {
  closed,
  Count,
  Currency,
  CutsShape,
  DateText,
  HexDigest,
  IdText,
  InstantText,
  MoneyShape,
  OneOf,
  PersonalShape,
  RecordOf,
  ScheduleShape,
  Text,
  TimerShape,
  TimeZone,
} from './shapes.js';

const invoiceId = IdText('inv');
const example = exampleId('inv');

export const invoiceFacts = {
  InvoiceDrafted: fact(
    'An invoice is being made; rating it again starts the next draft revision.',
    {
      invoiceId,
      /** `one_off`: an item that is on an invoice of its own. */
      kind: OneOf('cycle', 'one_off'),
      currency: Currency,
      runId: Type.Optional(IdText('run')),
      billThrough: InstantText,
      cuts: CutsShape,
      period: Period,
      /** Rating a draft again starts the next one; lines of earlier ones count no more. */
      draftRevision: Type.Integer({ minimum: 1 }),
      chunks: Count,
      /** Finalizes it when the grace period is over. */
      timer: Type.Optional(TimerShape),
      /** Nothing was rated again: somebody changed what stands beside what was rated. */
      byHand: Type.Optional(Type.Literal(true)),
      rest: Type.Optional(Rest),
    },
    'billThrough',
  ).told({
    type: 'invoice.drafted',
    means: 'An invoice is being made; rating it again starts the next draft revision.',
    fields: ['invoiceId', 'runId', 'currency', 'period', 'draftRevision'],
    as: { runId: 'billingRunId' },
    example: {
      invoiceId: example,
      billingRunId: exampleId('run'),
      currency: 'USD',
      period: { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' },
      draftRevision: 1,
    },
  }),
  InvoiceLinesAdded: fact(
    'Lines of a draft revision, in chunks, and items that it bills once. A line explains itself.',
    {
      invoiceId,
      draftRevision: Type.Integer({ minimum: 1 }),
      chunk: Type.Integer({ minimum: 1 }),
      chunks: Type.Integer({ minimum: 1 }),
      lines: Type.Array(Line),
      items: Type.Optional(Type.Array(ItemLine, { minItems: 1 })),
      topUp: Type.Optional(TopUpLine),
    },
  )
    // Before, nothing was taken off.
    .ofVersion(2, { 1: (data) => data })
    .withheld('Lines are read from the invoice.'),
  InvoiceTaxPending: fact('A draft that would be issued waits for what a service elsewhere says of its taxes.', {
    invoiceId,
    draftRevision: Type.Integer({ minimum: 1 }),
    /** How often that was asked for. */
    attempts: Count,
    /** Why it did not say; absent before it was asked. */
    failure: Type.Optional(TaxFailureShape),
    /** When it is asked again. */
    timer: TimerShape,
  }).told({
    type: 'invoice.tax_pending',
    means: 'An invoice is not issued yet: a service elsewhere has not said what taxes it bears.',
    fields: ['invoiceId', 'attempts', 'failure'],
    example: { invoiceId: example, attempts: 1, failure: 'unavailable' },
  }),
  InvoiceFinalized: fact(
    'The invoice is issued: what it bills is owed. Booked in the same append.',
    {
      invoiceId,
      draftRevision: Type.Integer({ minimum: 1 }),
      totals: Totals,
      /** By rate: what each comes to adds up to the tax. */
      taxes: Type.Array(DocumentTaxShape),
      /** Why it bears them; absent where the tenant charges no tax. */
      taxation: Type.Optional(TaxationShape),
      /** When what it bills is earned; absent where it was issued before that was said. */
      revenue: Type.Optional(RevenueShape),
      /** SHA-256 over the stored bytes of the `InvoiceLinesAdded` events, one per line feed. */
      linesDigest: HexDigest,
      issueDate: DateText,
      dueOn: DateText,
      /** That numbers it; absent of one below zero, which is told by a credit note and has no number of its own. */
      seriesId: Type.Optional(IdText('ser')),
      /** Who issued it, as it was then; absent where it was issued before that was said. */
      seller: Type.Optional(SellerShape),
      /** Whose days the document speaks of; absent where it was issued before that was said. */
      timeZone: Type.Optional(TimeZone),
      /** The bill-to as issued, under the key of issued documents. */
      personal: PersonalShape,
      /** Announces that it is overdue; absent if nothing is due. */
      timer: Type.Optional(TimerShape),
    },
    'issueDate',
  )
    .ofVersion(2, { 1: (data) => ({ ...data, taxes: [] }) })
    .toldAs({
      type: 'invoice.finalized',
      means: 'An invoice is issued: what it bills is owed. Its number follows.',
      shape: Type.Object({
        invoiceId,
        subtotal: PublicMoney,
        taxTotal: PublicMoney,
        total: PublicMoney,
        walletApplied: PublicMoney,
        creditApplied: PublicMoney,
        amountDue: PublicMoney,
        issueDate: DateText,
        dueOn: DateText,
      }),
      example: {
        invoiceId: example,
        subtotal: usd('24.55'),
        taxTotal: usd('0.00'),
        total: usd('24.55'),
        walletApplied: usd('0.00'),
        creditApplied: usd('0.00'),
        amountDue: usd('24.55'),
        issueDate: '2026-02-01',
        dueOn: '2026-02-15',
      },
      tell: ({ invoiceId, totals: { subtotal, tax, total, walletApplied, creditApplied, due }, issueDate, dueOn }) => ({
        invoiceId,
        subtotal: publicMoney(subtotal),
        taxTotal: publicMoney(tax),
        total: publicMoney(total),
        walletApplied: publicMoney(walletApplied ?? money(0n, total.currency)),
        creditApplied: publicMoney(creditApplied),
        amountDue: publicMoney(due),
        issueDate,
        dueOn,
      }),
    }),
  BillingAdvanced: fact(
    'How far each charge is billed, and when the next thing falls due.',
    {
      invoiceId: Type.Optional(invoiceId),
      /** Never goes back: readings of days before it are late. */
      billedThrough: InstantText,
      cuts: CutsShape,
      /** Lines of nothing, for which no invoice was made: what they are of is billed, and later usage of it a difference. */
      unissued: Type.Optional(Type.Array(Line)),
      rest: Type.Optional(Rest),
      /** The release of the tz database by whose rules its periods were found. */
      timeZoneRelease: Type.Optional(Type.String({ maxLength: 32 })),
      subscriptions: Type.Array(
        Type.Object(
          {
            subscriptionId: IdText('sub'),
            through: RecordOf(InstantText),
            schedule: ScheduleShape,
          },
          closed,
        ),
      ),
    },
    'billedThrough',
  )
    // Its lines are those of an invoice.
    .ofVersion(2, { 1: (data) => data })
    .withheld('How far charges are billed is bookkeeping of the billing itself.'),
  InvoiceNumbered: fact('The number that its series gave it.', {
    invoiceId,
    seriesId: IdText('ser'),
    sequence: Type.Integer({ minimum: 1 }),
    number: Type.String({ minLength: 1, maxLength: 128 }),
  }).told({
    type: 'invoice.numbered',
    means: 'An invoice has its number: it may leave the house.',
    fields: ['invoiceId', 'number'],
    example: { invoiceId: example, number: 'INV-000042' },
  }),
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
  InvoiceVoided: fact(
    'Taken back: what it billed is due again, what it booked is reversed. Of a draft: nothing was left to bill.',
    {
      invoiceId,
      reason: Type.Optional(Text()),
      bookedOn: DateText,
      /** What was owed until now, and what goes back to (or is taken from) customer credit. */
      amountDue: MoneyShape,
      creditReturned: MoneyShape,
      /** Subscriptions that have something to bill again, since when, and the timer that sees to it. */
      reopened: Reopened,
      /** What it billed is not billed again. */
      waived: Type.Optional(Type.Literal(true)),
      /** What is not earned after all; absent of drafts, and where it was voided before that was said. */
      revenue: Type.Optional(RevenueShape),
    },
    'bookedOn',
  ).told({
    type: 'invoice.voided',
    means: 'An invoice is taken back: what it billed is due again. Of a draft: nothing was left to bill.',
    fields: ['invoiceId', 'bookedOn', 'amountDue', 'creditReturned'],
    example: { invoiceId: example, bookedOn: '2026-02-03', amountDue: usd('24.55'), creditReturned: usd('0.00') },
  }),
  LateBillingScheduled: fact(
    'Readings came for what was billed of a subscription that has ended: it is billed once more by itself.',
    { subscriptionId: IdText('sub'), schedule: ScheduleShape },
  ).withheld('When something is billed by itself is bookkeeping of the billing; the invoice is published.'),
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
