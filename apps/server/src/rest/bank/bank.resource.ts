import type { BankAccountRecord, ImportRecord, Match } from '#billing/bank-account';
import type { PersonalFields } from '#billing/account';
import type { BankEntryDocument } from '#projections/bank';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

export class RegisteredBankAccountResource {
  /** @example "bac_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "Main account" */
  name!: string;
  /** @example "EUR" */
  currency!: string;
  /** @example "DE89370400440532013000" */
  iban!: string | null;
  accountNumber!: string | null;
}

export class ImportedStatementResource {
  /** As the bank calls it. @example "2026-031" */
  reference!: string;
  /** Its first booking. @example "2026-03-02" */
  from!: string | null;
  /** Its last booking. @example "2026-03-02" */
  to!: string | null;
  opening!: MoneyDto | null;
  closing!: MoneyDto | null;
  /** How many entries it has. @example 3 */
  entries!: number;
}

export class StatementImportResource {
  /** @example "bac_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  bankAccountId!: string;
  statements!: ImportedStatementResource[];
  /** Entries that no file before had. @example 3 */
  recorded!: number;
}

export class BankEntryMatchResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** The payment of the account. @example "pay_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  paymentId!: string;
  /** A reference that one open invoice alone had; or a person said so. @example "reference" */
  reason!: 'reference' | 'by_hand';
}

export class BankEntryResource {
  /** @example "bke_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "bac_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  bankAccountId!: string;
  /** What came in is above zero. */
  amount!: MoneyDto;
  /** @example "2026-03-02" */
  bookedOn!: string;
  /** @example "2026-03-02" */
  valueOn!: string | null;
  /** `split`: its payments are entries of their own. @example "unmatched" */
  status!: 'unmatched' | 'matched' | 'ignored' | 'split';
  /** Whether it takes back an earlier booking. @example false */
  reversal!: boolean;
  /** Why a payment came back, in the bank's code. */
  returnReason!: string | null;
  /** What banks kept of what was paid. */
  charges!: MoneyDto | null;
  /** How many payments are in it that the file does not list. */
  payments!: number | null;
  /** Structured references. @example ["RF29INV000042"] */
  references!: string[];
  /** @example "Invoice INV-000042" */
  text!: string | null;
  /** The other side. @example "Ada Lovelace" */
  name!: string | null;
  /** Of the other side. @example "DE02120300000000202051" */
  iban!: string | null;
  endToEndId!: string | null;
  match!: BankEntryMatchResource | null;
  /** Why it is ignored, or was unmatched. */
  reason!: string | null;
}

export class SuggestionResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  invoiceId!: string;
  /** @example "number" */
  reason!: 'reference' | 'number' | 'amount_and_payer' | 'payer';
}

export class BankEntrySuggestionsResource {
  /** The strongest first. */
  data!: SuggestionResource[];
}

export const bankAccountResource = (account: BankAccountRecord): RegisteredBankAccountResource => ({
  id: account.bankAccountId,
  name: account.name,
  currency: account.currency,
  iban: account.iban ?? null,
  accountNumber: account.accountNumber ?? null,
});

export const importResource = ({ bankAccountId, statements, recorded }: ImportRecord): StatementImportResource => ({
  bankAccountId,
  statements: statements.map(({ opening, closing, ...told }) => ({
    ...told,
    opening: opening && moneyResource(opening),
    closing: closing && moneyResource(closing),
  })),
  recorded,
});

const textIn = (fields: PersonalFields | null, name: string): string | null => {
  const value = fields?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

export const bankEntryResource = (
  { bankAccountId, entry, status, match, reason }: BankEntryDocument,
  personal: PersonalFields | null,
): BankEntryResource => ({
  id: entry.entryId,
  bankAccountId,
  amount: moneyResource(entry.amount),
  bookedOn: entry.bookedOn,
  valueOn: entry.valueOn ?? null,
  status,
  reversal: entry.reversal,
  returnReason: entry.returnReason ?? null,
  charges: entry.charges === undefined ? null : moneyResource(entry.charges),
  payments: entry.payments ?? null,
  references: [...entry.references],
  text: textIn(personal, 'text'),
  name: textIn(personal, 'name'),
  iban: textIn(personal, 'iban'),
  endToEndId: textIn(personal, 'endToEndId'),
  match: match && { accountId: match.accountId, paymentId: match.paymentId, reason: match.reason },
  reason,
});

export const suggestionsResource = (matches: readonly Match[]): BankEntrySuggestionsResource => ({
  data: matches.map(({ accountId, invoiceId, reason }) => ({ accountId, invoiceId, reason })),
});
