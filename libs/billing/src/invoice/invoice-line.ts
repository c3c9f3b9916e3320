import type { PartOfService, InvoiceLine, ItemLine, TopUpLine } from '#contracts';
import { plus, type Instant, type Money } from '#kernel';

/** A stretch within a service that is not of it. */
export interface Gap {
  readonly start: Instant;
  readonly end: Instant;
}

/** What of something is said of its part of the period, and nothing else. */
export const partOf = ({ gaps, part, allowanceFrom }: PartOfService): PartOfService => ({
  ...(gaps === undefined ? {} : { gaps }),
  ...(part === undefined ? {} : { part }),
  ...(allowanceFrom === undefined ? {} : { allowanceFrom }),
});

/** Whatever stands on an invoice. */
export type DocumentLine = InvoiceLine | ItemLine | TopUpLine;

/** What is sold: all but credit that is bought, which bears no tax; what it pays does. */
export type SoldLine = Exclude<DocumentLine, TopUpLine>;

export const isSold = (line: DocumentLine): line is SoldLine => line.kind !== 'wallet_top_up';

/** Whether it bills a service; all else stands on an invoice as it was added. */
export const isRated = (line: DocumentLine): line is InvoiceLine => 'service' in line;

/** The line that each is about: the one that it adjusts, where that is among them, else itself. */
export const subjectsAmong = <Line extends DocumentLine>(lines: readonly Line[]): ((line: Line) => Line) => {
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  return (line) => (line.kind === 'one_off' && line.adjusts !== undefined && byId.get(line.adjusts)) || line;
};

/** What a line comes to before discounts. */
export const grossAmountOf = ({
  amount,
  discounts = [],
}: Pick<InvoiceLine | ItemLine, 'amount' | 'discounts'>): Money =>
  discounts.reduce((gross, { amount: off }) => plus(gross, off), amount);
