import type { ReadingInput, UnreadableReading } from '#billing/usage';
import {
  DomainError,
  isId,
  parseInstant,
  type AccountId,
  type Instant,
  type SubscriptionId,
  type Violation,
} from '#kernel';
import type { ReferencesByExternalId } from '../../access/request-scope.js';
import { decimalOf, isExactNumber, type ExactNumber } from '../../pipeline/exact-numbers.js';
import { isExternalReference } from '../../pipeline/external-references.js';
import { eventViolations, hasProperties, isUsageEvent, type UsageEventBody, type UsageRow } from './usage.schema.js';

/** An id that no account has: what names none of ours is rejected like any other unknown account. */
const NOBODY = 'acc_00000000000000000000000000' as AccountId;
const NOTHING = 'sub_00000000000000000000000000' as SubscriptionId;

/** A row as it came, with what was found wrong with it before, such as a text that cannot be stored. */
export interface FoundRow extends UsageRow {
  readonly violation?: Violation | null;
  /** Of a stream. */
  readonly line?: number;
  /** The id as its sender knows it, where the reading has another one. */
  readonly sentAs?: string;
  /** Where its sender wrote what a usage event says elsewhere. */
  readonly places?: Readonly<Record<string, string>>;
}

/** A row that is an event, or what it would have to say to be one. */
export type ReadRow =
  | { readonly event: UsageEventBody; readonly pointer: string; readonly places?: FoundRow['places'] }
  | UnreadableReading;

export const isUnreadable = (row: ReadRow | ReadingInput | UnreadableReading): row is UnreadableReading =>
  'violations' in row;

/** What the schema says of a row by itself. */
export const readRow = (row: FoundRow): ReadRow => {
  const value = withTexts(row.value);
  if (row.violation) return unreadable(value, [row.violation]);
  const { pointer, places } = row;
  if (isUsageEvent(value)) return { event: value, pointer, ...(places === undefined ? {} : { places }) };
  const violations = eventViolations({ value, pointer: '' });
  return unreadable(
    value,
    violations.map((violation) => ({ ...violation, pointer: pointer + placeOf(violation.pointer, places) })),
  );
};

const placeOf = (pointer: string, places: FoundRow['places']): string => {
  const [, field = '', ...rest] = pointer.split('/');
  const place = places?.[`/${field}`];
  return place === undefined ? pointer : [place, ...rest].join('/');
};

/** What rows name by `external:…`. */
export const referencesIn = (rows: readonly ReadRow[]) => {
  const events = rows.flatMap((row) => (isUnreadable(row) ? [] : [row.event]));
  return {
    accounts: new Set(events.map(({ accountId }) => accountId).filter(isExternalReference)),
    subscriptions: new Set(events.map(({ subscriptionId }) => subscriptionId).filter(isExternalReference)),
  };
};

/** A row as the house takes it: ids resolved, instants canonical, numbers as decimal texts. */
export const readingInput = (row: ReadRow, named: ReferencesByExternalId): ReadingInput | UnreadableReading => {
  if (isUnreadable(row)) return row;
  const { id, event, accountId, at, properties, subscriptionId } = row.event;
  const instant = at === undefined ? undefined : instantOf(at, row.pointer + placeOf('/at', row.places));
  if (typeof instant === 'object') return unreadable(row.event, [instant]);
  return {
    id,
    event,
    accountId: accountOf(accountId, named),
    ...(instant === undefined ? {} : { at: instant }),
    properties: propertyTexts(properties ?? {}),
    ...(subscriptionId === undefined ? {} : { subscriptionId: subscriptionOf(subscriptionId, named) }),
  };
};

type PropertyValue = NonNullable<UsageEventBody['properties']>[string] | ExactNumber;

/** Properties as texts; what is null is not there. */
export const propertyTexts = (
  properties: Readonly<Record<string, PropertyValue>>,
): Readonly<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for (const name in properties) {
    const value = properties[name]!;
    if (value !== null)
      texts[name] = typeof value === 'number' || isExactNumber(value) ? decimalOf(value) : String(value);
  }
  return texts;
};

/** The same event with numbers as texts where a double would not keep them. */
const withTexts = (value: unknown): unknown => {
  if (!hasProperties(value)) return value;
  const { properties } = value;
  if (!holdsExactNumber(properties as Readonly<Record<string, unknown>>)) return value;
  const texts = Object.entries(properties as Readonly<Record<string, unknown>>).map(([name, own]) => [
    name,
    isExactNumber(own) ? decimalOf(own) : own,
  ]);
  return { ...value, properties: Object.fromEntries(texts) as object };
};

const holdsExactNumber = (properties: Readonly<Record<string, unknown>>): boolean => {
  for (const name in properties) if (isExactNumber(properties[name])) return true;
  return false;
};

const unreadable = (value: unknown, violations: readonly Violation[]): UnreadableReading => {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return { id: typeof id === 'string' && id.length <= ID_CHARACTERS_MAX && id.isWellFormed() ? id : null, violations };
};

const ID_CHARACTERS_MAX = 255;

const accountOf = (reference: string, { accounts }: ReferencesByExternalId): AccountId =>
  isId('acc', reference) ? reference : (accounts.get(reference) ?? NOBODY);

const subscriptionOf = (reference: string, { subscriptions }: ReferencesByExternalId): SubscriptionId =>
  isId('sub', reference) ? reference : (subscriptions.get(reference) ?? NOTHING);

const instantOf = (text: string, pointer: string): Instant | Violation => {
  try {
    return parseInstant(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { pointer, code: error.code, message: error.message };
  }
};
