import type { RecordedBankEntry } from '#contracts';
import { money, type LocalDate } from '#kernel';
import { ACCOUNT, anId, givenFor, INVOICE, TENANT } from '#testing';
import { describe, it } from '@jest/globals';
import type { BankAccountCommand } from './bank-account.commands.js';
import { bankAccountDecider } from './bank-account.decider.js';
import { paymentOfMatch } from './bank-account.js';

const given = givenFor(bankAccountDecider);
const bankAccountId = anId('bac');
const register: BankAccountCommand = {
  type: 'RegisterBankAccount',
  account: { bankAccountId, name: 'Main', currency: 'EUR', iban: 'DE89370400440532013000' },
};
const bookedOn = '2026-03-02' as LocalDate;
const entry = (nth: number, minor = 10_000n, more: Partial<RecordedBankEntry> = {}): RecordedBankEntry => ({
  entryId: anId('bke', nth),
  identity: String(nth).padStart(64, '0'),
  amount: money(minor, 'EUR'),
  bookedOn,
  reversal: false,
  references: [],
  personal: { keyId: 'k', iv: 'i', ciphertext: 'c' },
  ...more,
});
const record = (...entries: RecordedBankEntry[]): BankAccountCommand => ({ type: 'RecordBankEntries', entries });
const entryId = entry(1).entryId;
const allocations = [{ invoiceId: INVOICE }];
const match: BankAccountCommand = {
  type: 'MatchBankEntry',
  tenantId: TENANT,
  entryId,
  accountId: ACCOUNT,
  allocations,
  reason: 'by_hand',
};
const unmatch: BankAccountCommand = { type: 'UnmatchBankEntry', entryId, reason: 'mistaken' };
const ignore: BankAccountCommand = { type: 'IgnoreBankEntry', entryId };
const recorded = given().after(register, record(entry(1)));
const [first, second] = [1, 2].map((turn) => paymentOfMatch(TENANT, entryId, turn));
const matchedAt = (turn: number, paymentId = first!) =>
  ({
    type: 'BankEntryMatched',
    data: {
      entryId,
      accountId: ACCOUNT,
      paymentId,
      turn,
      amount: money(10_000n, 'EUR'),
      allocations,
      reason: 'by_hand',
      bookedOn,
    },
  }) as const;

describe('a bank account', () => {
  it('is registered once, and has entries then', () => {
    given().after(register).when(register).thenNothing();
    given()
      .when(record(entry(1)))
      .thenRefused('bank_account_not_found');
  });

  it('records what no file before had, a hundred to a fact', () => {
    recorded
      .when(record(entry(1), entry(2)))
      .then({ type: 'BankEntriesRecorded', data: { bankAccountId, entries: [entry(2)] } });
    recorded.when(record(entry(1))).thenNothing();
    const many = Array.from({ length: 101 }, (_, index) => entry(index + 10));
    recorded
      .when(record(...many))
      .then(
        { type: 'BankEntriesRecorded', data: { bankAccountId, entries: many.slice(0, 100) } },
        { type: 'BankEntriesRecorded', data: { bankAccountId, entries: many.slice(100) } },
      );
  });

  it('has a booking or its payments, whichever file comes first', () => {
    const parts = [entry(2, 6_000n, { partOf: entry(1).identity }), entry(3, 4_000n, { partOf: entry(1).identity })];
    recorded.when(record(...parts)).then({ type: 'BankEntriesRecorded', data: { bankAccountId, entries: parts } });
    recorded
      .after(record(...parts))
      .when(match)
      .thenRefused('bank_entry_split');
    // Ignored and restored, it could be matched beside its payments: the money would be there twice.
    recorded
      .after(record(...parts))
      .when(ignore)
      .thenRefused('bank_entry_split');
    given()
      .after(register, record(...parts))
      .when(record(entry(1)))
      .thenNothing();
    recorded
      .after(match)
      .when(record(...parts))
      .thenNothing();
    recorded
      .after(ignore)
      .when(record(...parts))
      .thenNothing();
  });

  it('imports a statement once', () => {
    const statement = { digest: 'd'.repeat(64), reference: '1', entries: 2 };
    const imported: BankAccountCommand = { type: 'ImportBankStatement', statement };
    given()
      .after(register)
      .when(imported)
      .then({ type: 'BankStatementImported', data: { bankAccountId, ...statement } });
    given().after(register, imported).when(imported).thenNothing();
  });
});

describe('a bank entry', () => {
  it('is matched to one account at a time, each time by another payment', () => {
    recorded.when(match).then(matchedAt(1));
    recorded.after(match).when(match).thenRefused('bank_entry_already_matched');
    recorded.after(match, unmatch).when(match).then(matchedAt(2, second));
  });

  it('is unmatched, and as it was; the match of before is left by what means another', () => {
    recorded
      .after(match)
      .when(unmatch)
      .then({
        type: 'BankEntryUnmatched',
        data: { entryId, accountId: ACCOUNT, paymentId: first!, turn: 1, reason: 'mistaken' },
      });
    recorded.when(unmatch).thenRefused('bank_entry_not_matched');
    recorded
      .after(match, unmatch, match)
      .when({ ...unmatch, turn: 1 })
      .thenNothing();
  });

  it('is ignored, and restored', () => {
    recorded.when(ignore).then({ type: 'BankEntryIgnored', data: { entryId } });
    recorded.after(ignore).when(ignore).thenNothing();
    recorded.after(ignore).when(match).thenRefused('bank_entry_ignored');
    recorded.after(ignore).when(unmatch).then({ type: 'BankEntryRestored', data: { entryId } });
    recorded.after(match).when(ignore).thenRefused('bank_entry_already_matched');
  });

  it('is matched only where money came in, and it is there', () => {
    given()
      .after(register, record(entry(1, -10_000n)))
      .when(match)
      .thenRefused('bank_entry_not_incoming');
    given().after(register).when(match).thenRefused('bank_entry_not_found');
    given().after(register).when(ignore).thenRefused('bank_entry_not_found');
  });
});
