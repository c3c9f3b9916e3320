import { majorUnits, plus, refuse, sha256Hex, sum } from '#kernel';
import { LineIdentities } from './identity.js';
import { malformed } from './malformed.js';
import type { BankStatement, ParsedStatement } from './statement.js';

/** Each statement adds up, stands once, and has lines that are told from all others. */
export const wholeStatements = (parsed: readonly ParsedStatement[]): BankStatement[] => {
  const identities = new Map<string, LineIdentities>();
  return unrepeated(parsed).map((statement) => {
    const { bookings, ...frame } = statement;
    checkSum(statement);
    const account = `${frame.account.iban ?? frame.account.number ?? ''} ${frame.currency ?? ''}`;
    const ofAccount = identities.get(account) ?? new LineIdentities();
    identities.set(account, ofAccount);
    const days = bookings.map(({ whole }) => whole.bookedOn).sort();
    return {
      ...frame,
      from: days[0] ?? null,
      to: days.at(-1) ?? null,
      lines: bookings.flatMap((booking) => ofAccount.of(booking)),
    };
  });
};

/** A file that has the same statement twice, word for word, has it once. */
const unrepeated = (parsed: readonly ParsedStatement[]): ParsedStatement[] => {
  const seen = new Set<string>();
  return parsed.filter((statement) => {
    const digest = sha256Hex(
      JSON.stringify(statement, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    );
    return seen.has(digest) ? false : seen.add(digest);
  });
};

/** @throws DomainError `statement_does_not_add_up`: lines are missing, or stand twice */
const checkSum = ({ reference, opening, closing, currency, bookings }: ParsedStatement): void => {
  const foreign = bookings.find(({ whole }) => whole.amount.currency !== currency);
  if (foreign)
    malformed(`Statement ${reference} is in ${currency}, and has an entry in ${foreign.whole.amount.currency}.`);
  if (opening === null || closing === null) return;
  if (opening.currency !== currency || closing.currency !== currency)
    malformed(`Statement ${reference} is in ${currency}, its balances are not.`);
  const entries = sum(
    bookings.map(({ whole }) => whole.amount),
    opening.currency,
  );
  const expected = plus(opening, entries);
  if (expected.minor === closing.minor) return;
  refuse(
    'statement_does_not_add_up',
    `Statement ${reference}: ${majorUnits(opening)} and its entries (${majorUnits(entries)}) are not ${majorUnits(closing)}, but ${majorUnits(expected)}.`,
  );
};
