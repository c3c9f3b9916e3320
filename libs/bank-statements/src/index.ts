export { BANK_STATEMENT_REFUSALS } from './bank-statements.refusals.js';
export { csvStatement, type CsvMapping } from './csv-lines.js';
export { readStatements, STATEMENT_BYTES_MAX, type StatementForm } from './read-statements.js';
export type { BankLine, BankStatement, Counterparty } from './statement.js';
