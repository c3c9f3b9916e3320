import {
  isCreditorReference,
  isQrReference,
  plainNumber,
  referencesIn,
  type AccountId,
  type InvoiceId,
  type Money,
} from '#kernel';

/** What came in, as far as it says for what. */
export interface IncomingMoney {
  readonly amount: Money;
  /** As the bank told them apart; one whose check digits are wrong counts for nothing. */
  readonly references: readonly string[];
  readonly text: string;
  /** Blind index of the IBAN that it came from. */
  readonly payer: string | null;
}

/** An invoice that it may be for. */
export interface OpenItem {
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly number: string;
  readonly due: Money;
  /** Those that its documents name. */
  readonly references: readonly string[];
  /** Blind indexes of IBANs that its account paid from before. */
  readonly payers: readonly string[];
}

/** Why money may be of an invoice, the strongest first. */
export const MATCH_REASONS = ['reference', 'number', 'amount_and_payer', 'payer'] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

export interface Match {
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly reason: MatchReason;
}

export interface Matching {
  /** What is allocated without being asked: one invoice alone has the reference, and is owed as much. */
  readonly certain: Match | null;
  /** What a person may choose from, the strongest first; of the same strength, in the order of the items. */
  readonly suggested: readonly Match[];
}

const SUGGESTED_MAX = 10;

/** What money is for. Nothing but a structured reference is certain: numbers are mistyped, and amounts are the same by chance. */
export const matchingOf = (money: IncomingMoney, items: readonly OpenItem[]): Matching => {
  if (money.amount.minor <= 0n) return { certain: null, suggested: [] };
  const said = { references: new Set(referencesOf(money)), numbers: numbersIn(money.text) };
  const suggested = items
    .filter(({ due }) => due.currency === money.amount.currency && due.minor > 0n)
    .flatMap(({ accountId, invoiceId, ...item }) => {
      const reason = reasonOf(money, item, said);
      return reason === null ? [] : [{ accountId, invoiceId, reason, due: item.due }];
    })
    .sort((left, right) => MATCH_REASONS.indexOf(left.reason) - MATCH_REASONS.indexOf(right.reason));
  const [first, second] = suggested;
  const isCertain =
    first?.reason === 'reference' && second?.reason !== 'reference' && money.amount.minor <= first.due.minor;
  return { certain: isCertain ? matchIn(first) : null, suggested: suggested.slice(0, SUGGESTED_MAX).map(matchIn) };
};

const matchIn = ({ accountId, invoiceId, reason }: Match): Match => ({ accountId, invoiceId, reason });

/** Structured references of money: those that the bank told apart, and those in the text. */
export const referencesOf = ({ references, text }: Pick<IncomingMoney, 'references' | 'text'>): string[] => {
  const told = references.map((reference) => reference.replaceAll(/\s/gu, '').toUpperCase());
  return [
    ...new Set([...told.filter((text) => isCreditorReference(text) || isQrReference(text)), ...referencesIn(text)]),
  ];
};

const WORDS_MAX = 4;
const [NUMBER_MIN, NUMBER_MAX] = [3, 64];

/** What may be a number in a text: up to four of its words that stand side by side, as `plainNumber` has them. Never a part of a word. */
export const numbersIn = (text: string): ReadonlySet<string> => {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const runs = words.flatMap((_, index) =>
    Array.from({ length: WORDS_MAX }, (__, more) => plainNumber(words.slice(index, index + more + 1).join(''))),
  );
  return new Set(runs.filter(({ length }) => length >= NUMBER_MIN && length <= NUMBER_MAX));
};

const reasonOf = (
  { amount, payer }: IncomingMoney,
  { number, due, references, payers }: Pick<OpenItem, 'number' | 'due' | 'references' | 'payers'>,
  said: { readonly references: ReadonlySet<string>; readonly numbers: ReadonlySet<string> },
): MatchReason | null => {
  if (references.some((reference) => said.references.has(reference))) return 'reference';
  if (said.numbers.has(plainNumber(number))) return 'number';
  if (payer === null || !payers.includes(payer)) return null;
  return amount.minor === due.minor ? 'amount_and_payer' : 'payer';
};
