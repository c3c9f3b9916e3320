import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import {
  closed,
  Count,
  Currency,
  DateText,
  HexDigest,
  IdText,
  Key,
  MoneyShape,
  OneOf,
  PersonalShape,
  Text,
} from './shapes.js';

const WITHHELD = 'What came in is published as payment.received once it is known whose it is.';
const bankAccountId = IdText('bac');
const entryId = IdText('bke');
const matched = { entryId, accountId: IdText('acc'), paymentId: IdText('pay') };

const EntryShape = Type.Object(
  {
    entryId,
    /** Of the same entry in every file. */
    identity: HexDigest,
    /** The identity of the booking that it is one payment of. */
    partOf: Type.Optional(HexDigest),
    /** What came in is above zero. */
    amount: MoneyShape,
    bookedOn: DateText,
    valueOn: Type.Optional(DateText),
    reversal: Type.Boolean(),
    returnReason: Type.Optional(Key),
    charges: Type.Optional(MoneyShape),
    /** How many payments are in it that nobody tells apart. */
    payments: Type.Optional(Count),
    /** Structured references whose check digits are right. */
    references: Type.Array(Type.String({ maxLength: 27 }), { maxItems: 100 }),
    /** Blind index of the IBAN of the other side. */
    payer: Type.Optional(HexDigest),
    /** Text, name and IBAN of the other side, references of banks. */
    personal: PersonalShape,
  },
  closed,
);
export type RecordedBankEntry = Held<typeof EntryShape>;

const AllocatedPart = Type.Object({ invoiceId: IdText('inv'), amount: Type.Optional(MoneyShape) }, closed);

export const BankMatchReasonShape = OneOf('reference', 'by_hand');
export type BankMatchReason = Held<typeof BankMatchReasonShape>;

export const bankFacts = {
  BankAccountRegistered: fact('An account of the tenant at a bank, whose statements are read.', {
    bankAccountId,
    name: Key,
    currency: Currency,
    iban: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$' })),
    accountNumber: Type.Optional(Key),
  }).withheld(WITHHELD),
  BankEntriesRecorded: fact('Entries of a bank account that no file before had.', {
    bankAccountId,
    entries: Type.Array(EntryShape, { minItems: 1, maxItems: 100 }),
  }).withheld(WITHHELD),
  BankStatementImported: fact('A statement was read whole, and added up.', {
    bankAccountId,
    digest: HexDigest,
    reference: Text(),
    from: Type.Optional(DateText),
    to: Type.Optional(DateText),
    opening: Type.Optional(MoneyShape),
    closing: Type.Optional(MoneyShape),
    /** Those in it, also those that were known. */
    entries: Count,
  }).withheld(WITHHELD),
  BankEntryMatched: fact(
    'It is known whose money came in: it is to be booked as a payment of the account.',
    {
      ...matched,
      /** The how manieth time that the entry is matched. */
      turn: Type.Integer({ minimum: 1 }),
      amount: MoneyShape,
      /** The oldest due first, where there are none. */
      allocations: Type.Array(AllocatedPart, { maxItems: 100 }),
      reason: BankMatchReasonShape,
      bookedOn: DateText,
    },
    'bookedOn',
  ).withheld(WITHHELD),
  BankEntryUnmatched: fact('It was somebody else’s money, or nobody’s yet: its payment is to be reversed.', {
    ...matched,
    turn: Type.Integer({ minimum: 1 }),
    reason: Type.Optional(Text()),
  }).withheld(WITHHELD),
  BankEntryIgnored: fact('It is no payment of a customer.', { entryId, reason: Type.Optional(Text()) }).withheld(
    WITHHELD,
  ),
  BankEntryRestored: fact('It is not ignored any more.', { entryId }).withheld(WITHHELD),
};
