import type { DocumentedAnswer } from '../documented.js';

export const CSV = 'text/csv';

/** Whether an answer is rows. */
export const isTabular = ({ shape, rows }: DocumentedAnswer): boolean => shape === 'page' || shape === 'list' || rows;

/** Whether a caller would rather have CSV than JSON; by RFC 9110, of two that are as welcome the one that is named first. */
export const prefersCsv = (accept: string | undefined): boolean => {
  const ranges = (accept ?? '').split(',').map(rangeIn);
  const csv = ranges.findIndex(({ type }) => type === CSV);
  if (csv < 0 || ranges[csv]!.quality === 0) return false;
  return ranges.every(
    ({ type, quality }, index) =>
      !['application/json', 'application/*', '*/*'].includes(type) ||
      quality < ranges[csv]!.quality ||
      (quality === ranges[csv]!.quality && (index > csv || type !== 'application/json')),
  );
};

const rangeIn = (text: string): { readonly type: string; readonly quality: number } => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
};
