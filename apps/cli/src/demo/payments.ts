import type { Chance } from './chance.js';
import type { Customer, Habit } from './customers.js';
import { daysLater } from './stops.js';

/** Money that a customer means to send for an invoice: all that is due by then, or so many hundredths of it. */
export interface Installment {
  readonly on: string;
  readonly hundredths: number;
}

const DAYS: Readonly<Record<Exclude<Habit, 'in_parts'>, readonly [number, number]>> = {
  soon: [3, 14],
  when_due: [26, 31],
  late: [38, 95],
  stops: [5, 20],
};

/** When the money for an invoice of a day comes. Nothing comes from whoever stopped paying by then. */
export const installmentsOf = (
  { key, habit }: Customer,
  issueDate: string,
  stopsPayingOn: string,
  chance: Chance,
): readonly Installment[] => {
  if (habit === 'stops' && issueDate >= stopsPayingOn) return [];
  const after = (least: number, most: number, part: string): string =>
    daysLater(issueDate, chance.whole(least, most, key, part, issueDate));
  if (habit === 'in_parts') {
    return [
      { on: after(10, 20, 'first'), hundredths: 60 },
      { on: after(45, 70, 'second'), hundredths: 100 },
    ];
  }
  const [least, most] = DAYS[habit];
  return [{ on: after(least, most, 'whole'), hundredths: 100 }];
};

/** Amounts are whole minor units of currencies with two digits. */
export const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

export const amountOf = (minor: bigint): string => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

export const shareOf = (amount: string, hundredths: number): bigint => (minorOf(amount) * BigInt(hundredths)) / 100n;
