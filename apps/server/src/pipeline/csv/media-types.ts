import type { DocumentedAnswer } from '../documented.js';

export const CSV = 'text/csv';

/** Whether an answer is rows. */
export const isTabular = ({ shape, rows }: DocumentedAnswer): boolean => shape === 'page' || shape === 'list' || rows;
