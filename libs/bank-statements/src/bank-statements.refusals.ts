import type { Refusals } from '#kernel';

export const BANK_STATEMENT_REFUSALS: Refusals = {
  statement_does_not_add_up: 'Statement 2026-031: 100.00 and its entries (24.55) are not 124.00, but 124.55.',
  statement_encoding_unknown: 'The file says that it is in “EBCDIC”, which is not read here.',
  statement_form_unknown: 'The file is no camt.053, camt.054, MT940 or CSV.',
  statement_malformed: 'The file cannot be read: Line 12: “:61:” has no amount.',
  statement_too_large: 'A file has at most 10 MB and 50000 entries.',
};
