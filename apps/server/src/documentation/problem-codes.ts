import { join } from 'node:path';
import { BANK_STATEMENT_REFUSALS } from '#bank-statements';
import { BILLING_REFUSALS } from '#billing';
import { exportsIn } from '#discovery';
import { allRefusals, KERNEL_REFUSALS, type Refusals } from '#kernel';
import { LEDGER_REFUSALS } from '#ledger';
import { RATING_REFUSALS } from '#rating';
import { TYPST_REFUSALS } from '#typst';

/** What the codes of problems mean, in the words that people read with them. */
export const PROBLEM_DETAILS: Refusals = allRefusals([
  KERNEL_REFUSALS,
  RATING_REFUSALS,
  LEDGER_REFUSALS,
  BILLING_REFUSALS,
  TYPST_REFUSALS,
  BANK_STATEMENT_REFUSALS,
  ...((await exportsIn(join(import.meta.dirname, '..'), /\.refusals$/u)) as Refusals[]),
]);
