import { AMOUNT_RULES } from './amount-rules.js';
import type { EInvoice, EProfile } from './e-invoice.js';
import { PARTY_RULES } from './party-rules.js';
import { PROFILE_RULES } from './profile-rules.js';
import { isSaid, rule, type BrokenRule, type Rule } from './rule.js';
import { VAT_RULES } from './vat-rules.js';

const DOCUMENT_RULES: readonly Rule[] = [
  rule('BR-02', ['BT-1', '/number'], 'The invoice has no number yet.', ({ number }) => isSaid(number)),
  rule('BR-03', ['BT-2', '/issueDate'], 'The invoice is not issued.', ({ issueDate }) => issueDate !== null),
  rule('BR-16', ['BG-25', '/lines'], 'The invoice has no lines.', ({ lines }) => lines.length > 0),
  rule('BR-25', ['BT-153', '/lines'], 'A line has no description.', ({ lines }) =>
    lines.every(({ name }) => isSaid(name)),
  ),
];

/** Of EN 16931, what an invoice of ours could break; the rest holds by how it is written. Then what a profile asks for beyond it. */
export const brokenRules = (invoice: EInvoice, profile: EProfile): BrokenRule[] =>
  [...DOCUMENT_RULES, ...PARTY_RULES, ...AMOUNT_RULES, ...VAT_RULES, ...PROFILE_RULES[profile]].flatMap(
    ({ holds, ...broken }) => (holds(invoice) ? [] : [broken]),
  );
