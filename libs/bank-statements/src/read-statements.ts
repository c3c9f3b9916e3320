import { refuse } from '#kernel';
import { camtStatements } from './camt.js';
import { csvStatement, type CsvMapping } from './csv-lines.js';
import { mt940Statements } from './mt940.js';
import type { BankStatement } from './statement.js';
import { statementText } from './statement-text.js';
import { wholeStatements } from './whole-statements.js';

export const STATEMENT_BYTES_MAX = 10 * 1024 * 1024;
const LINES_MAX = 50_000;

export type StatementForm = 'camt' | 'mt940' | 'csv';

/**
 * All statements of a file, in its order; which form it has is seen, CSV needs a mapping.
 * @throws DomainError `statement_too_large`, `statement_form_unknown`, `statement_malformed`, `statement_encoding_unknown`,
 * `statement_does_not_add_up`: nothing of the file is taken then
 */
export const readStatements = (
  bytes: Uint8Array,
  csv: { readonly mapping: CsvMapping; readonly account: BankStatement['account'] } | null,
): { readonly form: StatementForm; readonly statements: readonly BankStatement[] } => {
  if (bytes.length > STATEMENT_BYTES_MAX) return tooLarge();
  const text = statementText(bytes).replace(/^\uFEFF/u, '');
  const form = formOf(text) ?? (csv === null ? null : 'csv');
  const statements =
    form === 'camt'
      ? wholeStatements(camtStatements(text))
      : form === 'mt940'
        ? wholeStatements(mt940Statements(text))
        : form === 'csv'
          ? csvStatement(text, csv!.mapping, csv!.account)
          : refuse('statement_form_unknown', 'The file is no camt.053, camt.054 or MT940, and CSV needs a mapping.');
  if (statements.reduce((count, { lines }) => count + lines.length, 0) > LINES_MAX) return tooLarge();
  return { form: form!, statements };
};

const tooLarge = (): never =>
  refuse('statement_too_large', `A file has at most 10 MB and ${LINES_MAX} entries.`, 'invalid');

const formOf = (text: string): StatementForm | null => {
  if (/^\s*</u.test(text)) return 'camt';
  return /^:20:/mu.test(text) || /\{4:\s*:20:/u.test(text) ? 'mt940' : null;
};
