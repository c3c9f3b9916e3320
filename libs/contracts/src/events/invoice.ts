import { Type } from 'typebox';
import { ItemLine, Recognition } from './invoice-item.js';
import { PriceOverride } from './price.js';
import {
  closed,
  Count,
  Currency,
  CutsShape,
  DateText,
  DecimalText,
  HexDigest,
  IdText,
  InstantText,
  Key,
  MoneyShape,
  PersonalShape,
  RecordOf,
  ScheduleShape,
  Text,
  TimerShape,
  TimeZone,
} from './shapes.js';
import { storedEvent } from './stored-event.js';

const invoiceId = IdText('inv');
const Period = Type.Object({ start: InstantText, end: InstantText }, closed);

const Step = Type.Object(
  {
    tier: Type.Optional(Type.Integer({ minimum: 1 })),
    quantity: Type.Optional(DecimalText),
    convertedFrom: Type.Optional(DecimalText),
    held: Type.Optional(DecimalText),
    unitAmount: Type.Optional(DecimalText),
    rate: Type.Optional(DecimalText),
    flat: Type.Optional(DecimalText),
    group: Type.Optional(RecordOf(Type.String({ maxLength: 1024 }))),
    limit: Type.Optional(Type.Union([Type.Literal('minimum'), Type.Literal('maximum')])),
    discount: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, description: 'Basis points' })),
    amount: DecimalText,
  },
  closed,
);

const Share = Type.Object(
  {
    basis: Type.Union([Type.Literal('day'), Type.Literal('second'), Type.Literal('fixed30')]),
    numerator: Count,
    denominator: Type.Integer({ minimum: 1 }),
  },
  closed,
);
const WholeNumber = Type.String({ pattern: '^-?[0-9]{1,400}$' });

const OffsetStretch = Type.Object(
  { from: InstantText, to: InstantText, seconds: Type.Integer({ minimum: -93_600, maximum: 93_600 }) },
  closed,
);

const Line = Type.Object(
  {
    lineId: IdText('lin'),
    kind: Type.Union([
      Type.Literal('recurring'),
      Type.Literal('usage'),
      Type.Literal('one_time'),
      Type.Literal('late_usage'),
      Type.Literal('correction'),
    ]),
    subscriptionId: IdText('sub'),
    charge: Key,
    description: Type.String({ maxLength: 256 }),
    plan: Key,
    planVersion: Type.Integer({ minimum: 1 }),
    raterVersion: Type.Integer({ minimum: 1 }),
    override: Type.Optional(PriceOverride),
    timing: Type.Union([Type.Literal('in_advance'), Type.Literal('in_arrears')]),
    period: Type.Object({ start: DateText, end: DateText }, closed),
    service: Type.Object(
      { start: InstantText, end: InstantText, localStart: DateText, localEnd: DateText, timeZone: TimeZone },
      closed,
    ),
    offsets: Type.Optional(Type.Array(OffsetStretch, { minItems: 1 })),
    gaps: Type.Optional(Type.Array(Period)),
    part: Type.Optional(Share),
    allowanceFrom: Type.Optional(InstantText),
    priorLines: Type.Array(IdText('lin')),
    quantity: DecimalText,
    quantityBilledBefore: DecimalText,
    steps: Type.Array(Step),
    exactCumulative: DecimalText,
    proration: Type.Optional(Share),
    otherParts: Type.Optional(Type.Object({ numerator: WholeNumber, denominator: WholeNumber }, closed)),
    rounding: Type.Union([Type.Literal('half_up'), Type.Literal('half_even')]),
    roundedCumulative: MoneyShape,
    billedBefore: MoneyShape,
    amount: MoneyShape,
    inputs: Type.Optional(
      Type.Object(
        { cut: Type.Integer({ minimum: -1 }), count: Count, digest: Type.String({ pattern: '^[0-9a-f]{16}$' }) },
        closed,
      ),
    ),
    recognition: Recognition,
  },
  closed,
);

/** More is due than goes on one invoice: how far this one has looked. */
const Rest = Type.Object(
  {
    cut: Type.Integer({ minimum: -1 }),
    through: InstantText,
    looked: Type.Array(Type.String({ minLength: 1, maxLength: 512 })),
  },
  closed,
);

export const invoiceEvents = {
  InvoiceDrafted: storedEvent(
    'An invoice is being made; rating it again starts the next draft revision.',
    Type.Object(
      {
        invoiceId,
        kind: Type.Union([Type.Literal('cycle'), Type.Literal('one_off')]),
        currency: Currency,
        runId: Type.Optional(IdText('run')),
        billThrough: InstantText,
        cuts: CutsShape,
        period: Period,
        draftRevision: Type.Integer({ minimum: 1 }),
        chunks: Count,
        timer: Type.Optional(TimerShape),
        byHand: Type.Optional(Type.Literal(true)),
        rest: Type.Optional(Rest),
      },
      closed,
    ),
    'billThrough',
  ),
  InvoiceLinesAdded: storedEvent(
    'Lines of a draft revision, in chunks, and items that it bills once. A line explains itself.',
    Type.Object(
      {
        invoiceId,
        draftRevision: Type.Integer({ minimum: 1 }),
        chunk: Type.Integer({ minimum: 1 }),
        chunks: Type.Integer({ minimum: 1 }),
        lines: Type.Array(Line),
        items: Type.Optional(Type.Array(ItemLine, { minItems: 1 })),
      },
      closed,
    ),
  ),
  InvoiceFinalized: storedEvent(
    'The invoice is issued: what it bills is owed. Booked in the same append.',
    Type.Object(
      {
        invoiceId,
        draftRevision: Type.Integer({ minimum: 1 }),
        totals: Type.Object(
          { subtotal: MoneyShape, tax: MoneyShape, total: MoneyShape, creditApplied: MoneyShape, due: MoneyShape },
          closed,
        ),
        linesDigest: HexDigest,
        issueDate: DateText,
        dueOn: DateText,
        seriesId: IdText('ser'),
        personal: PersonalShape,
        timer: Type.Optional(TimerShape),
      },
      closed,
    ),
    'issueDate',
  ),
  BillingAdvanced: storedEvent(
    'How far each charge is billed, and when the next thing falls due.',
    Type.Object(
      {
        invoiceId: Type.Optional(invoiceId),
        billedThrough: InstantText,
        cuts: CutsShape,
        unissued: Type.Optional(Type.Array(Line)),
        rest: Type.Optional(Rest),
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
      closed,
    ),
    'billedThrough',
  ),
  InvoiceNumbered: storedEvent(
    'The number that its series gave it.',
    Type.Object(
      {
        invoiceId,
        seriesId: IdText('ser'),
        sequence: Type.Integer({ minimum: 1 }),
        number: Type.String({ minLength: 1, maxLength: 128 }),
      },
      closed,
    ),
  ),
  InvoicePaid: storedEvent('Nothing is owed any more.', Type.Object({ invoiceId, paidOn: DateText }, closed), 'paidOn'),
  InvoiceOverdue: storedEvent(
    'Its due day has passed unpaid.',
    Type.Object({ invoiceId, dueOn: DateText }, closed),
    'dueOn',
  ),
  InvoiceReopened: storedEvent(
    'It was paid, and is owed again: a payment or credit that had settled it is gone.',
    Type.Object({ invoiceId, bookedOn: DateText, amountDue: MoneyShape, timer: Type.Optional(TimerShape) }, closed),
    'bookedOn',
  ),
  InvoiceVoided: storedEvent(
    'Taken back: what it billed is due again, what it booked is reversed. Of a draft: nothing was left to bill.',
    Type.Object(
      {
        invoiceId,
        reason: Type.Optional(Text()),
        bookedOn: DateText,
        amountDue: MoneyShape,
        creditReturned: MoneyShape,
        reopened: Type.Array(
          Type.Object(
            { subscriptionId: IdText('sub'), nextBillAt: InstantText, timer: Type.Optional(TimerShape) },
            closed,
          ),
        ),
        waived: Type.Optional(Type.Literal(true)),
      },
      closed,
    ),
    'bookedOn',
  ),
  LateBillingScheduled: storedEvent(
    'Readings came for what was billed of a subscription that has ended: it is billed once more by itself.',
    Type.Object({ subscriptionId: IdText('sub'), schedule: ScheduleShape }, closed),
  ),
  InvoiceMarkedUncollectible: storedEvent(
    'Given up: what was owed is an expense.',
    Type.Object({ invoiceId, reason: Type.Optional(Text()), bookedOn: DateText, amountDue: MoneyShape }, closed),
    'bookedOn',
  ),
};
