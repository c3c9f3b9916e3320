import type { ReadingInput } from '#billing';
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
import { isExternalReference } from '../http/external-references.js';
import { pointerTo } from '../http/json-pointer.js';
import { invalidRequest } from '../http/validation.js';
import type { UsageEventBody } from './usage.schema.js';

const SIGNIFICANT_DIGITS_MAX = 15;

/** An id that no account has: what names none of ours is rejected like any other unknown account. */
const NOBODY = 'acc_00000000000000000000000000' as AccountId;
const NOTHING = 'sub_00000000000000000000000000' as SubscriptionId;

/** What readings name by `external:…`. */
export const referencesIn = (events: readonly UsageEventBody[]) => ({
  accounts: new Set(events.map(({ accountId }) => accountId).filter(isExternalReference)),
  subscriptions: new Set(events.map(({ subscriptionId }) => subscriptionId).filter(isExternalReference)),
});

/** Events as the house takes them: ids resolved, instants canonical, numbers as decimal texts. @throws DomainError `invalid_request` */
export const readingInputs = (
  named: ReferencesByExternalId,
  events: readonly UsageEventBody[],
  single: boolean,
): ReadingInput[] => {
  const violations: Violation[] = [];
  const inputs = events.map((event, index): ReadingInput => {
    const pointer = single ? '' : `/events/${index}`;
    return {
      id: event.id,
      event: event.event,
      accountId: accountOf(event.accountId, named),
      ...(event.at === undefined ? {} : { at: instantOf(event.at, `${pointer}/at`, violations) }),
      properties: textsOf(event.properties ?? {}, `${pointer}/properties`, violations),
      ...(event.subscriptionId === undefined ? {} : { subscriptionId: subscriptionOf(event.subscriptionId, named) }),
    };
  });
  if (violations.length > 0) throw invalidRequest(violations);
  return inputs;
};

/** Properties as texts. @throws DomainError `invalid_request`: a JSON number that may not be what was sent */
export const propertyTexts = (
  properties: NonNullable<UsageEventBody['properties']>,
): Readonly<Record<string, string>> => {
  const violations: Violation[] = [];
  const texts = textsOf(properties, '/properties', violations);
  if (violations.length > 0) throw invalidRequest(violations);
  return texts;
};

const accountOf = (reference: string, { accounts }: ReferencesByExternalId): AccountId =>
  isId('acc', reference) ? reference : (accounts.get(reference) ?? NOBODY);

const subscriptionOf = (reference: string, { subscriptions }: ReferencesByExternalId): SubscriptionId =>
  isId('sub', reference) ? reference : (subscriptions.get(reference) ?? NOTHING);

const instantOf = (text: string, pointer: string, violations: Violation[]): Instant => {
  try {
    return parseInstant(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    violations.push({ pointer, code: error.code, message: error.message });
    return text as Instant;
  }
};

const textsOf = (
  properties: NonNullable<UsageEventBody['properties']>,
  pointer: string,
  violations: Violation[],
): Readonly<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for (const name in properties) {
    const value = properties[name]!;
    const text = String(value);
    if (typeof value === 'number' && !isExact(value, text)) {
      const message = `A JSON number keeps at most ${SIGNIFICANT_DIGITS_MAX} significant digits: send a decimal string.`;
      violations.push({ pointer: pointerTo(pointer, name), code: 'invalid_decimal', message });
    }
    texts[name] = text;
  }
  return texts;
};

/** Doubles hold 15 digits for certain; beyond that, what arrived may not be what was sent. */
const isExact = (value: number, text: string): boolean =>
  Number.isFinite(value) && !text.includes('e') && text.replace(/^-?0?\.?0*|\./g, '').length <= SIGNIFICANT_DIGITS_MAX;
