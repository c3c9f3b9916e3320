import type { InvoiceLine, Service } from '#contracts';
import {
  dayAt,
  earlier,
  keeping,
  later,
  offsetsBetween,
  plusDuration,
  secondBefore,
  startOfDay,
  toldDays,
  type LocalPeriod,
  type LocalTime,
} from '#kernel';

type TimeOfLine = Pick<InvoiceLine, 'kind' | 'period' | 'service' | 'offsets'>;

/** What a line keeps of its zone: rules that change later change nothing of what it billed, nor where that began and ended. */
export const billedOffsets = (
  period: LocalPeriod,
  { start, end }: Service,
  zone: LocalTime,
): Pick<InvoiceLine, 'offsets'> => {
  if (zone.timeZone === 'UTC') return {};
  const [first, last] = [startOfDay(period.start, zone), startOfDay(period.end, zone)];
  // The seconds before its period begins and ends say where that was, also where a day is cut short.
  const turned = keeping(zone, [secondBefore(first, period.start), secondBefore(last, period.end)]);
  const offsets = offsetsBetween(plusDuration(earlier(first, start), { seconds: -1 }), later(last, end), turned);
  return offsets.length === 0 ? {} : { offsets };
};

/** The zone as a line was billed by it. */
export const withBilledTime = (zone: LocalTime, line: TimeOfLine): LocalTime => {
  const { start, end, localStart, localEnd, timeZone } = line.service;
  if (timeZone !== zone.timeZone) return zone;
  if (line.offsets !== undefined) return keeping(zone, line.offsets);
  // Stored before lines kept offsets. A period ends where its last day does; only what is charged once may end within one.
  const turns = line.kind !== 'one_time' && localEnd === line.period.end;
  const ends = turns ? secondBefore(end, localEnd) : dayAt(end, localEnd);
  return keeping(zone, start === end ? [ends] : [dayAt(start, localStart), ends]);
};

/** As the line itself says, whatever else is known but for the days that were told. */
export const zoneOfLine = (zone: LocalTime, line: TimeOfLine): LocalTime =>
  keeping(withBilledTime(toldDays(zone), line), zone.kept);
