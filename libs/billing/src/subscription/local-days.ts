import type { LocalDays } from '#contracts';
import { dayAt, keeping, localDateOf, type Instant, type LocalTime } from '#kernel';

/** What a fact tells of the days of the instants that it adds. */
export const localDaysOf = (zone: LocalTime, instants: readonly Instant[]): LocalDays =>
  zone.timeZone === 'UTC'
    ? {}
    : { localDays: Object.fromEntries(instants.map((instant) => [instant, localDateOf(instant, zone)])) };

/** The zone with the days that a fact told. */
export const withDays = (zone: LocalTime, { localDays = {} }: LocalDays): LocalTime =>
  keeping(
    zone,
    Object.entries(localDays).map(([instant, day]) => dayAt(instant as Instant, day)),
  );
