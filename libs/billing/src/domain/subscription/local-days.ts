import { dayAt, keeping, localDateOf, type Instant, type LocalDate, type LocalTime } from '#kernel';

/** The local days of the instants that a fact names, as the rules of its zone had them then. In UTC they are in the instants themselves. */
export interface LocalDays {
  readonly localDays?: Readonly<Record<string, LocalDate>>;
}

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
