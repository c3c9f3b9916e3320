import { derivedId } from '#kernel';
import type { NumberSeriesOpened } from './tenant.events.js';

/** Invoices of test accounts are numbered apart. The series follows from the tenant's own, so that every tenant has it. */
export const testSeries = (series: NumberSeriesOpened['data']): NumberSeriesOpened['data'] => ({
  ...series,
  seriesId: derivedId('ser', series.seriesId, 'test'),
  format: 'TEST-{sequence:6}',
  start: 1,
});
