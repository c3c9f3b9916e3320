import type { Fact, FactType } from '#contracts';

type Data = Readonly<Record<string, unknown>>;

/** What is looked at of a fact. Of readings, how many of how many accounts there are: they stand in the log and in their own read model. */
export const auditedData = ({ type, data }: Fact<FactType>): Data => {
  if (type !== 'UsageRecorded') return data;
  const { accounts, ...rest } = data;
  const readings = accounts.reduce((sum, own) => sum + own.readings.length, 0);
  return { ...rest, accounts: accounts.length, readings };
};

/** Longer values are named, not kept: lines, readings and price sheets stand in the log and with the things that they are of. */
const VALUE_CHARACTERS_MAX = 1_000;

/** Hashes say nothing to a reader, and times and reasons of a change are no state that another one had before. */
const WITHHELD = /^(?:.*[hH]ash|.*Digest|keyIds)$/u;
const CIRCUMSTANCES = new Set(['from', 'at', 'effectiveFrom', 'changeId', 'reason']);

/** What a change of a subscription carries for those who bill it; what was agreed stands beside it. */
const MACHINERY = new Set(['timeline', 'schedule', 'movements', 'sets']);

/** What a fact states, by field. What is personal stays sealed, at any length. */
export const statedBy = (data: Data): Data =>
  Object.fromEntries(
    Object.entries(withTerms(data)).filter(
      ([field, value]) =>
        !WITHHELD.test(field) &&
        !CIRCUMSTANCES.has(field) &&
        !MACHINERY.has(field) &&
        (field === 'personal' || leftOf(VALUE_CHARACTERS_MAX, value) >= 0),
    ),
  );

/** New terms of a subscription stand by the names that they have in its creation. */
const withTerms = ({ to, ...data }: Data): Data => {
  if (to === undefined) return data;
  return typeof to === 'object' && to !== null ? { ...data, ...to } : { ...data, to };
};

/** What a value leaves of so many characters, written as JSON without escapes. Of what is longer, the rest is not looked at. */
const leftOf = (characters: number, value: unknown): number => {
  if (value === null || typeof value !== 'object') {
    const quotes = typeof value === 'string' || typeof value === 'bigint' ? 2 : 0;
    return characters - String(value).length - quotes;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  // Brackets, and commas between what stands in them.
  let left = characters - 2 - Math.max(members.length - 1, 0);
  for (const [name, member] of members) {
    if (left < 0) return left;
    left = leftOf(Array.isArray(value) ? left : left - name.length - 3, member);
  }
  return left;
};

/** Facts about what the whole stream is of. */
const OF_THE_STREAM = /^(?:Account|PaymentTerms|TaxStatus|TaxSettings|BillingPolicy|Tenant)/u;
const OF_A_PART: readonly (readonly [RegExp, string])[] = [
  [/^(?:Subscription|Trial|ScheduledChange)/u, 'subscriptionId'],
  [/^ApiKey/u, 'keyId'],
  [/^TestClock/u, 'clockId'],
  [/^LegalEntity/u, 'entityId'],
  [/^Number(?:Series|Format)/u, 'seriesId'],
  [/^TaxRate/u, 'code'],
  [/^(?:Meter|Plan)/u, 'key'],
];

/**
 * Whose state a fact changes: what an earlier fact of the same stream and subject states of a field is what it was before. None where a
 * fact is an occurrence, as a payment is: two of them have nothing in common.
 */
export const subjectOf = (type: string, data: Data): string | null => {
  if (OF_THE_STREAM.test(type)) return 'itself';
  const name = OF_A_PART.find(([types]) => types.test(type))?.[1];
  const subject = name === undefined ? undefined : data[name];
  return typeof subject === 'string' ? subject : null;
};
