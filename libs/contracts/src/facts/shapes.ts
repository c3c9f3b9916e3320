import type { Id, Instant, LocalDate, Money } from '#kernel';
import { Type, type TSchema } from 'typebox';
import type { Held } from './held.js';

/** Shapes that stored events share. Everything is closed: a field that is not named here does not get in. */
export const closed = { additionalProperties: false } as const;

export const Text = (description?: string) =>
  Type.String({ maxLength: 4096, ...(description === undefined ? {} : { description }) });
export const Key = Type.String({ minLength: 1, maxLength: 128 });
export const IdText = <Prefix extends string>(prefix: Prefix) =>
  Type.Unsafe<Id<Prefix>>(Type.String({ pattern: `^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$` }));
export const HexDigest = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex' });
export const InstantText = Type.Unsafe<Instant>(
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z$',
    description: 'An instant in UTC',
  }),
);
export const DateText = Type.Unsafe<LocalDate>(
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A local date' }),
);
export const DecimalText = Type.String({
  pattern: '^-?\\d+(\\.\\d+)?$',
  maxLength: 128,
  description: 'An exact decimal',
});
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' });
export const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: 'IANA time zone' });
export const Count = Type.Integer({ minimum: 0 });
/** One of several words, or numbers. */
export const OneOf = <const Words extends readonly (string | number)[]>(...words: Words) =>
  Type.Unsafe<Words[number]>(Type.Union(words.map((word) => Type.Literal(word))));

/** What becomes of an invoice on which every line is nothing. */
export const ZeroInvoicesShape = OneOf('skip', 'issue');
export type ZeroInvoices = Held<typeof ZeroInvoicesShape>;

/** Texts under keys that the tenant chose. Their length is in a pattern: a schema of keys knows nothing else. */
export const RecordOf = <Value extends TSchema>(value: Value, description?: string) =>
  Type.Record(Type.String({ pattern: '^[\\s\\S]{0,128}$' }), value, {
    ...closed,
    ...(description === undefined ? {} : { description }),
  });

/** Read back as a bigint of minor units. */
export const MoneyShape = Type.Unsafe<Money>(
  Type.Object(
    { minor: Type.String({ pattern: '^-?\\d{1,30}$', description: 'Minor units' }), currency: Currency },
    closed,
  ),
);

export const isMoneyShape = (shape: object): boolean =>
  'properties' in shape && Object.keys(shape.properties as object).join() === 'minor,currency';

/** What the tenant notes about something. */
export const MetadataShape = RecordOf(Type.String({ maxLength: 1024 }));

export type Metadata = Held<typeof MetadataShape>;

/** Personal data on its way through log, tables and messages: AES-256-GCM, opened for an answer alone. Binary parts in base64; the tag stands at the end. */
export const PersonalShape = Type.Object(
  {
    keyId: Type.String({ maxLength: 64 }),
    iv: Type.String({ maxLength: 32 }),
    ciphertext: Type.String({ maxLength: 65536 }),
  },
  { ...closed, description: 'Personal data, AES-256-GCM' },
);
export type Personal = Held<typeof PersonalShape>;

export const IntervalShape = Type.Object(
  {
    unit: OneOf('day', 'week', 'month', 'year'),
    count: Type.Integer({ minimum: 1, maximum: 1000 }),
  },
  closed,
);
export const TimerShape = Type.Object(
  { key: Type.String({ maxLength: 128 }), dueAt: InstantText, generation: Type.Integer({ minimum: 1 }) },
  { ...closed, description: 'Something that falls due; a later generation of the key replaces it' },
);
/** Something that falls due. The agenda copies it; a later generation of the same key replaces it. */
export type Timer = Held<typeof TimerShape>;

/** A time to try it out: it costs what its price says, and nothing else that is served then. */
export const TrialShape = Type.Object(
  {
    days: Type.Integer({ minimum: 0, maximum: 730 }),
    /** In major units; free without. */
    price: Type.Optional(DecimalText),
    /** In other currencies than the plan's. */
    prices: Type.Optional(Type.Record(Currency, DecimalText, closed)),
  },
  { ...closed, description: 'A time to try it out; free without a price' },
);
export type TrialTerms = Held<typeof TrialShape>;

export const ScheduleShape = Type.Object(
  {
    /** When the earliest thing that is not billed yet falls due; back-dated subscriptions have it in the past. */
    nextBillAt: Type.Union([InstantText, Type.Null()]),
    /** When the agenda bills by itself: never what was back-dated. */
    timer: Type.Union([TimerShape, Type.Null()]),
  },
  closed,
);
export type BillingSchedule = Held<typeof ScheduleShape>;

/** The last revision of each usage stream that was looked at; −1 where there was none. */
export const CutsShape = Type.Record(Type.String({ pattern: '^usage-[a-z0-9_]+$' }), Type.Integer({ minimum: -1 }), {
  ...closed,
  description: 'Last revision of each usage stream that was looked at',
});
export type UsageCuts = Held<typeof CutsShape>;
