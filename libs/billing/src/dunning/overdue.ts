import { daysBetween, plusDays, type LocalDate } from '#kernel';

/** Net terms count from the issue date; an invoice is overdue from the day after it was due. */
export const dueDates = (
  issuedOn: LocalDate,
  netDays: number,
): { readonly dueOn: LocalDate; readonly overdueFrom: LocalDate } => {
  const dueOn = plusDays(issuedOn, netDays);
  return { dueOn, overdueFrom: plusDays(dueOn, 1) };
};

/** A stage of being late, from so many days after the oldest unpaid invoice on. */
export interface OverdueStage {
  readonly name: string;
  readonly days: number;
}

/** The latest stage that has been reached, the day itself included; `null` before the first. (Kill Bill, `TestOverdueIntegration`.) */
export const overdueStage = (unpaidSince: LocalDate, stages: readonly OverdueStage[], on: LocalDate): string | null => {
  const days = daysBetween(unpaidSince, on);
  const reached = stages.filter((stage) => stage.days <= days);
  return (
    reached.reduce<OverdueStage | null>(
      (latest, stage) => (latest === null || stage.days >= latest.days ? stage : latest),
      null,
    )?.name ?? null
  );
};
