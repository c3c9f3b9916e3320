import type { AppliedTerms, Coupon } from '#contracts';
import { Decimal, refuseAt, type LocalDate } from '#kernel';

/** What is said of a discount, before it is known to make sense. */
export interface SaidOfDiscount {
  readonly percent?: string;
  readonly hasAmount: boolean;
  readonly duration: Coupon['duration'];
  readonly periods?: number;
  readonly until?: LocalDate;
}

const HUNDRED = Decimal.of(100);

/** @throws DomainError `invalid_discount` */
export const refuseSenseless = ({ percent, hasAmount, duration, periods, until }: SaidOfDiscount): void => {
  if ((percent === undefined) !== hasAmount)
    refuseAt('/percent', 'invalid_discount', 'A discount is either a percentage or an amount.');
  if (percent !== undefined && !isWithin(Decimal.parse(percent)))
    refuseAt('/percent', 'invalid_discount', 'A percentage is above 0 and at most 100.');
  refuseUnless(
    duration === 'periods',
    periods,
    '/periods',
    'So many periods go with the duration “periods”, and with no other.',
  );
  refuseUnless(duration === 'until', until, '/until', 'A day goes with the duration “until”, and with no other.');
};

/** The same of terms as they are applied. @throws DomainError `invalid_discount` */
export const refuseSenselessTerms = ({
  percent,
  amount,
  duration,
  periods,
  ends,
}: Pick<AppliedTerms, 'percent' | 'amount' | 'duration' | 'periods' | 'ends'>): void => {
  refuseSenseless({
    ...(percent === undefined ? {} : { percent }),
    hasAmount: amount !== undefined,
    duration,
    ...(periods === undefined ? {} : { periods }),
    ...(ends === undefined ? {} : { until: ends }),
  });
  if (amount !== undefined && amount.minor <= 0n)
    refuseAt('/amount/amount', 'invalid_discount', 'What is taken off is above zero.');
};

const refuseUnless = (wanted: boolean, value: unknown, pointer: string, message: string): void => {
  if (wanted === (value === undefined)) refuseAt(pointer, 'invalid_discount', message);
};

const isWithin = (percent: Decimal): boolean => !percent.isZero && !percent.isNegative && percent.compare(HUNDRED) <= 0;
