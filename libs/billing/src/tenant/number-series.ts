import type { Fact } from '#contracts';
import { derivedId } from '#kernel';

type Series = Fact<'NumberSeriesOpened'>['data'];

/** What a tenant has not set otherwise. */
export const CREDIT_NOTE_NUMBERS = 'CN-{sequence:6}';

/**
 * Documents of test accounts are numbered apart, and credit notes have a series of their own unless they share that of the invoices. All of them follow from
 * the one that was opened with the tenant, so that every tenant has them.
 */
export const numberSeries = (invoices: Series, creditNoteFormat: string | null) => {
  const tests = derived(invoices, 'test', 'TEST-{sequence:6}');
  const isShared = creditNoteFormat === null;
  const creditNotes = derived(invoices, 'credit_note', creditNoteFormat ?? CREDIT_NOTE_NUMBERS);
  const testCreditNotes = derived(tests, 'credit_note', 'TEST-CN-{sequence:6}');
  return {
    invoices,
    tests,
    creditNotes: isShared ? invoices : creditNotes,
    testCreditNotes: isShared ? tests : testCreditNotes,
    /** A number is given by the series that it was asked of, whatever was set since. */
    all: [invoices, tests, creditNotes, testCreditNotes],
  };
};

const derived = (series: Series, kind: string, format: string): Series => ({
  ...series,
  seriesId: derivedId('ser', series.seriesId, kind),
  format,
  start: 1,
});
