import { dayOfMonth, dayOfMonthAfter, localDateOf, refuseAt, type Instant, type LocalDate } from '#kernel';

/** As long as documents are kept. */
const MONTHS_BACK = 120;

/**
 * The day on which money came in: today in the zone of the books, unless named. It is not ahead of the account's day and that of the
 * books, whichever is later, nor more than ten years back.
 * @throws DomainError `date_in_future`, `date_too_long_ago`
 */
export const receivedOnOf = (
  named: LocalDate | undefined,
  now: Instant,
  { books, account }: { readonly books: string; readonly account: string },
): LocalDate => {
  const today = localDateOf(now, books);
  if (named === undefined) return today;
  const there = localDateOf(now, account);
  const latest = there > today ? there : today;
  if (named > latest) return refuseAt('/receivedOn', 'date_in_future', `Today is ${latest}: it has not come in yet.`);
  const earliest = dayOfMonthAfter(today, -MONTHS_BACK, dayOfMonth(today));
  if (named < earliest) return refuseAt('/receivedOn', 'date_too_long_ago', `The earliest day is ${earliest}.`);
  return named;
};
