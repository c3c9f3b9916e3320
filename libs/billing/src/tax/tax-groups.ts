import { documentTax, type BorneRate, type TaxedDocument, type TaxMethod } from './document-tax.js';

/** As of a document whose lines all bear the same, with the taxes of each group. */
export type TaxedGroups = Pick<TaxedDocument, 'nets' | 'taxPerLine'> & {
  readonly taxes: readonly TaxedDocument['taxes'][];
};

/**
 * The taxes on a document whose lines bear different ones: each group by itself, as EN 16931 breaks VAT down by category and rate.
 *
 * @param groups what the lines of each bear
 * @param groupOf the group of each line
 */
export const taxOfGroups = (
  amounts: readonly bigint[],
  groups: readonly (readonly BorneRate[])[],
  groupOf: readonly number[],
  method: TaxMethod,
): TaxedGroups => {
  const taxed = linesOfGroups(groupOf, groups.length).map((lines, group) =>
    documentTax(partOf(amounts, lines), groups[group]!, method),
  );
  const places = placesIn(groupOf);
  const ofLine = (field: 'nets' | 'taxPerLine') => groupOf.map((group, line) => taxed[group]![field][places[line]!]!);
  return { nets: ofLine('nets'), taxPerLine: ofLine('taxPerLine'), taxes: taxed.map(({ taxes }) => taxes) };
};

/** The lines of each group, in their order. */
export const linesOfGroups = (groupOf: readonly number[], count: number): readonly (readonly number[])[] => {
  const lines = Array.from({ length: count }, (): number[] => []);
  groupOf.forEach((group, line) => lines[group]!.push(line));
  return lines;
};

export const partOf = <Value>(values: readonly Value[], lines: readonly number[]): Value[] =>
  lines.map((line) => values[line]!);

/** Of each line, how many of its group come before it. */
const placesIn = (groupOf: readonly number[]): readonly number[] => {
  const counts: number[] = [];
  return groupOf.map((group) => {
    const place = counts[group] ?? 0;
    counts[group] = place + 1;
    return place;
  });
};
