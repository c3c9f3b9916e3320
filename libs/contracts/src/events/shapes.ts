import { Type, type TSchema } from 'typebox';

/** Shapes that stored events share. Everything is closed: a field that is not named here does not get in. */
export const closed = { additionalProperties: false } as const;

export const Text = (description?: string) =>
  Type.String({ maxLength: 4096, ...(description === undefined ? {} : { description }) });
export const Key = Type.String({ minLength: 1, maxLength: 128 });
export const IdText = (prefix: string) => Type.String({ pattern: `^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$` });
export const HexDigest = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex' });
export const InstantText = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z$',
  description: 'An instant in UTC',
});
export const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A local date' });
export const DecimalText = Type.String({
  pattern: '^-?\\d+(\\.\\d+)?$',
  maxLength: 128,
  description: 'An exact decimal',
});
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' });
export const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: 'IANA time zone' });
export const Count = Type.Integer({ minimum: 0 });
export const ZeroInvoicesShape = Type.Union([Type.Literal('skip'), Type.Literal('issue')]);

/** Texts under keys that the tenant chose. Their length is in a pattern: a schema of keys knows nothing else. */
export const RecordOf = <Value extends TSchema>(value: Value) =>
  Type.Record(Type.String({ pattern: '^[\\s\\S]{0,128}$' }), value, closed);

export const MoneyShape = Type.Object(
  { minor: Type.String({ pattern: '^-?\\d{1,30}$', description: 'Minor units' }), currency: Currency },
  closed,
);
export const PersonalShape = Type.Object(
  {
    keyId: Type.String({ maxLength: 64 }),
    iv: Type.String({ maxLength: 32 }),
    ciphertext: Type.String({ maxLength: 65536 }),
  },
  { ...closed, description: 'Personal data, AES-256-GCM' },
);
export const IntervalShape = Type.Object(
  {
    unit: Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('month'), Type.Literal('year')]),
    count: Type.Integer({ minimum: 1, maximum: 1000 }),
  },
  closed,
);
export const TimerShape = Type.Object(
  { key: Type.String({ maxLength: 128 }), dueAt: InstantText, generation: Type.Integer({ minimum: 1 }) },
  { ...closed, description: 'Something that falls due; a later generation of the key replaces it' },
);
export const TrialShape = Type.Object(
  {
    days: Type.Integer({ minimum: 0, maximum: 730 }),
    price: Type.Optional(DecimalText),
    prices: Type.Optional(Type.Record(Currency, DecimalText, closed)),
  },
  { ...closed, description: 'A time to try it out; free without a price' },
);
export const ScheduleShape = Type.Object(
  { nextBillAt: Type.Union([InstantText, Type.Null()]), timer: Type.Union([TimerShape, Type.Null()]) },
  closed,
);
export const CutsShape = Type.Record(Type.String({ pattern: '^usage-[a-z0-9_]+$' }), Type.Integer({ minimum: -1 }), {
  ...closed,
  description: 'Last revision of each usage stream that was looked at',
});
