import type { Fact } from '#contracts';
import { derivedId } from '#kernel';
import type { LegalEntities } from '../legal-entity/legal-entity.js';

type Series = Fact<'NumberSeriesOpened'>['data'];

/** What a tenant has not set otherwise. */
export const CREDIT_NOTE_NUMBERS = 'CN-{sequence:6}';

/** Those of the first entity’s test accounts; no other series has such a prefix. */
const testPrefixOf = (place: number): string => (place === 0 ? 'TEST-' : `TEST-${place + 1}-`);

/**
 * Documents of test accounts are numbered apart, and credit notes have a series of their own unless they share that of the invoices. All of them follow from
 * the one that was opened with the tenant, so that every tenant has them.
 *
 * @param place of the entity among those of the tenant, for good: entities of it never give two documents one number
 */
const numberSeries = (invoices: Series, creditNoteFormat: string | null, place: number) => {
  const tests = derived(invoices, 'test', `${testPrefixOf(place)}{sequence:6}`);
  const isShared = creditNoteFormat === null;
  const creditNotes = derived(invoices, 'credit_note', creditNoteFormat ?? CREDIT_NOTE_NUMBERS);
  const testCreditNotes = derived(tests, 'credit_note', `${testPrefixOf(place)}CN-{sequence:6}`);
  return {
    invoices,
    tests,
    creditNotes: isShared ? invoices : creditNotes,
    testCreditNotes: isShared ? tests : testCreditNotes,
    /** A number is given by the series that it was asked of, whatever was set since. */
    all: [invoices, tests, creditNotes, testCreditNotes],
  };
};

/** Of each legal entity. */
export const seriesOfEntities = ({ entities, invoiceSeries, creditNoteNumberFormat }: LegalEntities) =>
  new Map(
    [...entities.values()].map(({ entityId, creditNoteNumberFormat: own = null }, place) => [
      entityId,
      numberSeries(invoiceSeries.get(entityId)!, place === 0 ? creditNoteNumberFormat : own, place),
    ]),
  );

const derived = (series: Series, kind: string, format: string): Series => ({
  ...series,
  seriesId: derivedId('ser', series.seriesId, kind),
  format,
  start: 1,
});
