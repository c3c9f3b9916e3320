import {
  aCatalog,
  anAccount,
  anId,
  billAccount,
  createSubscription,
  givenFor,
  INVOICE,
  issueCreditNote,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { allLines } from '../invoice/invoice.js';
import { keptOf } from './kept-document.js';

const given = givenFor(accountDecider);
const NOTE = anId('crn');
const PDF = { format: 'pdf', language: 'en', digest: 'a'.repeat(64), bytes: 31_652, madeBy: 'recount 0.1.0' } as const;

const before = given(anAccount()).after(createSubscription({ catalog: aCatalog() }));
const { facts } = before.when(billAccount());
const issued = before.and(...facts);
const lines = facts.flatMap(({ type, data }) => (type === 'InvoiceLinesAdded' ? allLines(data) : []));
const keep = (kept: object = {}, documentId: typeof INVOICE | typeof NOTE = INVOICE) =>
  ({ type: 'KeepDocument', documentId, kept: { ...PDF, ...kept } }) as const;

describe('what left the house', () => {
  it('is told once for each form: the first is it', () => {
    issued.when(keep()).then({ type: 'DocumentKept', data: { invoiceId: INVOICE, ...PDF } });
    const kept = issued.after(keep());
    kept.when(keep({ digest: 'b'.repeat(64) })).thenNothing();
    expect(kept.when(keep({ language: 'de' })).facts).toHaveLength(1);
    expect(kept.when(keep({ format: 'ubl', profile: 'peppol' })).facts).toHaveLength(1);
    expect(keptOf(kept.after(keep({ language: 'de' })).state, INVOICE)).toMatchObject([PDF, { language: 'de' }]);
  });

  it('may be a credit note, which has forms of its own', () => {
    const credited = issued.after(issueCreditNote(lines, { kind: 'cancellation' }), keep());
    credited
      .when(keep({}, NOTE))
      .then({ type: 'DocumentKept', data: { invoiceId: INVOICE, creditNoteId: NOTE, ...PDF } });
    issued.when(keep({}, NOTE)).thenRefused('credit_note_not_found');
    before.when(keep()).thenRefused('invoice_not_found');
  });

  it('has fifty forms at the most', () => {
    const languages = Array.from({ length: 50 }, (_, n) => `de-A${String.fromCharCode(65 + (n % 26))}`).map((tag, n) =>
      n < 26 ? tag : tag.replace('-A', '-B'),
    );
    const full = issued.after(...languages.map((language) => keep({ language })));
    full.when(keep()).thenNothing();
    expect(keptOf(full.state, INVOICE)).toHaveLength(50);
  });
});
