import { daysBetween, type LocalDate } from '#kernel';

/** A stretch of days past due, both ends in it; `null` has no end. Buckets are disjoint and leave nothing out. */
export interface AgingBucket<Name extends string = string> {
  readonly name: Name;
  readonly fromDays: number | null;
  readonly toDays: number | null;
}

/** By days past the due date; what is due today is current. */
export const AGING_BUCKETS = [
  { name: 'current', fromDays: null, toDays: 0 },
  { name: 'days1to30', fromDays: 1, toDays: 30 },
  { name: 'days31to60', fromDays: 31, toDays: 60 },
  { name: 'days61to90', fromDays: 61, toDays: 90 },
  { name: 'over90', fromDays: 91, toDays: null },
] as const satisfies readonly AgingBucket[];

export type AgingBucketName = (typeof AGING_BUCKETS)[number]['name'];

/** The bucket that so many days fall into: the last one that begins on or before them. */
export const agingBucket = <Name extends string>(days: number, buckets: readonly AgingBucket<Name>[]): Name =>
  buckets.findLast(({ fromDays }) => fromDays === null || fromDays <= days)!.name;

/** What is outstanding on a day, in each bucket, by the age of the dates that it is counted from. */
export const agedBalances = <Name extends string>(
  balances: readonly { readonly date: LocalDate; readonly amount: bigint }[],
  asOf: LocalDate,
  buckets: readonly AgingBucket<Name>[],
): ReadonlyMap<Name, bigint> => {
  const aged = new Map(buckets.map(({ name }) => [name, 0n]));
  for (const { date, amount } of balances) {
    const name = agingBucket(daysBetween(date, asOf), buckets);
    aged.set(name, aged.get(name)! + amount);
  }
  return aged;
};

/** What is overdue, by the month in which it was due. */
export const overdueByMonth = (
  invoices: readonly { readonly dueOn: LocalDate; readonly overdue: boolean; readonly amount: bigint }[],
): { readonly byMonth: ReadonlyMap<string, bigint>; readonly total: bigint } => {
  const byMonth = new Map<string, bigint>();
  let total = 0n;
  for (const { dueOn, overdue, amount } of invoices) {
    if (!overdue) continue;
    const month = dueOn.slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0n) + amount);
    total += amount;
  }
  return { byMonth, total };
};
