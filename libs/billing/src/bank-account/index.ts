export { RegisterBankAccount } from './use-cases/register-bank-account.handler.js';
export { ImportBankStatement } from './use-cases/import-bank-statement.handler.js';
export { IgnoreBankEntry, MatchBankEntry, UnmatchBankEntry } from './use-cases/bank-entry.handlers.js';
export { BankAccounts } from './use-cases/bank-accounts.js';
export { BankPayments } from './use-cases/bank-payments.js';
export { matchingOf, numbersIn, type Match, type MatchReason, type OpenItem } from './entry-matching.js';
export type { BankMatch } from './bank-account.js';
export type { BankAccountRecord, BankEntryRecord, ImportRecord } from './bank-account.record.js';
