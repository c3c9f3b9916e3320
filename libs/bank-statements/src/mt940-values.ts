import type { LocalDate } from '#kernel';
import { dateAt } from './malformed.js';

/** `24,` and `24,5` are how MT940 writes 24.00 and 24.50. */
export const mt940Decimal = (text: string): string => text.replace(',', '.').replace(/\.$/u, '');

/** `YYMMDD`, of this century. */
export const mt940Day = (text: string, place: string): LocalDate =>
  dateAt(place, `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`);
