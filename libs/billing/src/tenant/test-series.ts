import type { Fact } from '#contracts';
import { derivedId } from '#kernel';

/** Invoices of test accounts are numbered apart. The series follows from the tenant's own, so that every tenant has it. */
export const testSeries = (series: Fact<'NumberSeriesOpened'>['data']): Fact<'NumberSeriesOpened'>['data'] => ({
  ...series,
  seriesId: derivedId('ser', series.seriesId, 'test'),
  format: 'TEST-{sequence:6}',
  start: 1,
});
