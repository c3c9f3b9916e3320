import { beforeAll, describe, expect, it } from '@jest/globals';
import { EventStream } from '../services/event-stream.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, openAccount, usd, withCatalog } from './samples.js';
import { FLOOR_VERSION_2, YEAR_METERS, YEAR_PLANS } from './year-catalog.js';
import { expectVerified } from './verified.js';

const SOLOISTS = [
  ...[
    'ada',
    'bell',
    'bose',
    'dirac',
    'heisenberg',
    'landau',
    'lorentz',
    'maxwell',
    'noether',
    'pauli',
    'raman',
    'salam',
  ],
  ...['yukawa', 'zuse'],
];

/** Issued on; the total; lines that are not zero, as charge, kind, first day of their service and amount. None is made of zeros alone. */
type Row = readonly [issued: string, total: string, ...lines: readonly string[]];

const DAYS_OF_APRIL = Array.from({ length: 30 }, (_, index) => `2024-04-${String(index + 1).padStart(2, '0')}`);

/** Worked out by hand. 2024 is a leap year: its months have 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30 and 31 days. */
const INVOICES: Readonly<Record<string, readonly Row[]>> = {
  // A fee of 30.00 on the first of each month, and in April what March used: 1,500 tokens at 0.01.
  'ada, who pays a fee': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '45.00', 'fee recurring 2024-04-01 30.00', 'tokens usage 2024-03-01 15.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // January's 1,000 tokens are 10.00. In February 500 more of January arrive: 5.00 more in March. In March the 1,000 turn out to be 800:
  // 2.00 less in April. In April the 500 are taken back: 5.00 less in May. January has cost 8.00 in the end.
  'bell, whose usage is late and wrong': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '40.00', 'fee recurring 2024-02-01 30.00', 'tokens usage 2024-01-01 10.00'],
    ['2024-03-01', '35.00', 'fee recurring 2024-03-01 30.00', 'tokens late_usage 2024-01-01 5.00'],
    ['2024-04-01', '28.00', 'fee recurring 2024-04-01 30.00', 'tokens late_usage 2024-01-01 -2.00'],
    ['2024-05-01', '25.00', 'fee recurring 2024-05-01 30.00', 'tokens late_usage 2024-01-01 -5.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // Begins on the 31st: short months turn on their last day, long ones on the 31st again.
  'curie, whose months turn on the 31st': [
    ['2024-01-31', '30.00', 'fee recurring 2024-01-31 30.00'],
    ['2024-02-29', '30.00', 'fee recurring 2024-02-29 30.00'],
    ['2024-03-31', '30.00', 'fee recurring 2024-03-31 30.00'],
    ['2024-04-30', '30.00', 'fee recurring 2024-04-30 30.00'],
    ['2024-05-31', '30.00', 'fee recurring 2024-05-31 30.00'],
    ['2024-06-30', '30.00', 'fee recurring 2024-06-30 30.00'],
    ['2024-07-31', '30.00', 'fee recurring 2024-07-31 30.00'],
    ['2024-08-31', '30.00', 'fee recurring 2024-08-31 30.00'],
    ['2024-09-30', '30.00', 'fee recurring 2024-09-30 30.00'],
    ['2024-10-31', '30.00', 'fee recurring 2024-10-31 30.00'],
    ['2024-11-30', '30.00', 'fee recurring 2024-11-30 30.00'],
    ['2024-12-31', '30.00', 'fee recurring 2024-12-31 30.00'],
  ],
  // Leaves as the 11th of March begins: ten of 31 days were served, 30.00 × 10/31 = 9.68, so 20.32 come back; 400 tokens cost 4.00.
  'dirac, who cancels': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-03-11', '-16.32', 'tokens usage 2024-03-01 4.00', 'fee correction 2024-03-01 -20.32'],
  ],
  // 1,200.00 for the year; usage by months: June's 10,000 tokens cost 100.00 in July. Months without usage make no invoice.
  'euler, who pays by the year': [
    ['2024-01-01', '1200.00', 'fee recurring 2024-01-01 1200.00'],
    ['2024-07-01', '100.00', 'tokens usage 2024-06-01 100.00'],
  ],
  // Seats cost 10.00 up to five, 8.00 beyond, by the days that they are held. Four from January on: 40.00. Four more from the 17th of March
  // on, for 15 of 31 days: one of them at 10.00 and three at 8.00, 34.00 × 15/31 = 16.45. Eight from April on: 50.00 + 24.00. Three leave on
  // the 11th of September, for its last 20 of 30 days: 24.00 × 20/30 = 16.00 less. Five from October on: 50.00.
  'fermi, whose seats come and go': [
    ['2024-02-01', '40.00', 'seats usage 2024-01-01 40.00'],
    ['2024-03-01', '40.00', 'seats usage 2024-02-01 40.00'],
    ['2024-04-01', '56.45', 'seats usage 2024-03-01 56.45'],
    ['2024-05-01', '74.00', 'seats usage 2024-04-01 74.00'],
    ['2024-06-01', '74.00', 'seats usage 2024-05-01 74.00'],
    ['2024-07-01', '74.00', 'seats usage 2024-06-01 74.00'],
    ['2024-08-01', '74.00', 'seats usage 2024-07-01 74.00'],
    ['2024-09-01', '74.00', 'seats usage 2024-08-01 74.00'],
    ['2024-10-01', '58.00', 'seats usage 2024-09-01 58.00'],
    ['2024-11-01', '50.00', 'seats usage 2024-10-01 50.00'],
    ['2024-12-01', '50.00', 'seats usage 2024-11-01 50.00'],
  ],
  // Five seats at 12.00 are 60.00 a month; it was told in May that June is the last one.
  'gauss, who lets it run out': [
    ['2024-01-01', '60.00', 'seats recurring 2024-01-01 60.00'],
    ['2024-02-01', '60.00', 'seats recurring 2024-02-01 60.00'],
    ['2024-03-01', '60.00', 'seats recurring 2024-03-01 60.00'],
    ['2024-04-01', '60.00', 'seats recurring 2024-04-01 60.00'],
    ['2024-05-01', '60.00', 'seats recurring 2024-05-01 60.00'],
    ['2024-06-01', '60.00', 'seats recurring 2024-06-01 60.00'],
  ],
  // Waits to be activated until the 15th of February at noon: months turn on the 15th, and are billed as that day begins. Was to end with
  // the period of the 20th of October, until on the 25th it was not: nothing is to be seen of that.
  'hopper, who begins by hand and stays': [
    ['2024-02-15', '30.00', 'fee recurring 2024-02-15 30.00'],
    ['2024-03-15', '30.00', 'fee recurring 2024-03-15 30.00'],
    ['2024-04-15', '30.00', 'fee recurring 2024-04-15 30.00'],
    ['2024-05-15', '30.00', 'fee recurring 2024-05-15 30.00'],
    ['2024-06-15', '30.00', 'fee recurring 2024-06-15 30.00'],
    ['2024-07-15', '30.00', 'fee recurring 2024-07-15 30.00'],
    ['2024-08-15', '30.00', 'fee recurring 2024-08-15 30.00'],
    ['2024-09-15', '30.00', 'fee recurring 2024-09-15 30.00'],
    ['2024-10-15', '30.00', 'fee recurring 2024-10-15 30.00'],
    ['2024-11-15', '30.00', 'fee recurring 2024-11-15 30.00'],
    ['2024-12-15', '30.00', 'fee recurring 2024-12-15 30.00'],
  ],
  // Begins on the 10th of May, by calendar months: 22 of May's 31 days, 30.00 × 22/31 = 21.29.
  'ising, who follows the calendar': [
    ['2024-05-10', '21.29', 'fee recurring 2024-05-10 21.29'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // The largest load of each day at 0.50: 30 on the 5th of January, where 10 came first, and 20 on the 6th. 50 × 0.50 = 25.00.
  'joule, whose peaks count': [['2024-02-01', '25.00', 'peaks usage 2024-01-01 25.00']],
  // Fourteen days from the 10th of January on, of which that one is the first, are free, and so are the 700 tokens of the 15th. Months turn on
  // the 24th, as the trial is over; 600 tokens of the first of them cost 6.00.
  'kepler, who tries it out': [
    ['2024-01-24', '30.00', 'fee recurring 2024-01-24 30.00'],
    ['2024-02-24', '36.00', 'fee recurring 2024-02-24 30.00', 'tokens usage 2024-01-24 6.00'],
    ['2024-03-24', '30.00', 'fee recurring 2024-03-24 30.00'],
    ['2024-04-24', '30.00', 'fee recurring 2024-04-24 30.00'],
    ['2024-05-24', '30.00', 'fee recurring 2024-05-24 30.00'],
    ['2024-06-24', '30.00', 'fee recurring 2024-06-24 30.00'],
    ['2024-07-24', '30.00', 'fee recurring 2024-07-24 30.00'],
    ['2024-08-24', '30.00', 'fee recurring 2024-08-24 30.00'],
    ['2024-09-24', '30.00', 'fee recurring 2024-09-24 30.00'],
    ['2024-10-24', '30.00', 'fee recurring 2024-10-24 30.00'],
    ['2024-11-24', '30.00', 'fee recurring 2024-11-24 30.00'],
    ['2024-12-24', '30.00', 'fee recurring 2024-12-24 30.00'],
  ],
  // From 30.00 and 0.01 a token to 90.00 and 0.005 on the 12th of May at ten: 11 of its 31 days were served before, 30.00 × 11/31 = 10.65, so
  // 19.35 come back; 20 of 31 follow, 90.00 × 20/31 = 58.06. The 2,000 tokens of that morning cost 20.00, the 3,000 of the 25th 15.00; the 400
  // of the 10th that arrive by then still cost 4.00. Back to the old plan as September ends, whose 1,000 tokens cost 5.00.
  'landau, who upgrades': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '30.00', 'fee recurring 2024-04-01 30.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    [
      '2024-05-12',
      '58.71',
      'fee recurring 2024-05-12 58.06',
      'tokens usage 2024-05-01 20.00',
      'fee correction 2024-05-01 -19.35',
    ],
    [
      '2024-06-01',
      '109.00',
      'fee recurring 2024-06-01 90.00',
      'tokens usage 2024-05-12 15.00',
      'tokens late_usage 2024-05-01 4.00',
    ],
    ['2024-07-01', '90.00', 'fee recurring 2024-07-01 90.00'],
    ['2024-08-01', '90.00', 'fee recurring 2024-08-01 90.00'],
    ['2024-09-01', '90.00', 'fee recurring 2024-09-01 90.00'],
    ['2024-10-01', '35.00', 'fee recurring 2024-10-01 30.00', 'tokens usage 2024-09-01 5.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // Seats at 12.00, paid ahead. Three: 36.00.
  // Eight from the 20th of February on: 19 of 29 days of three were served, 36.00 × 19/29 = 23.59, so 12.41 come back, and ten of eight follow,
  // 96.00 × 10/29 = 33.10.
  // Two from the 11th of June on: ten of 30 days of eight, 96.00 × 10/30 = 32.00, so 64.00 come back; 24.00 × 20/30 = 16.00.
  // Five from the 6th of August on: five of 31 days of two, 24.00 × 5/31 = 3.87, so 20.13 come back; 60.00 × 26/31 = 50.32. Four from the 21st
  // on: fifteen days of five, 60.00 × 15/31 = 29.03, so of the 50.32 come back 21.29; 48.00 × 11/31 = 17.03.
  // All three parts are 49.9355 of August: with 24.00 − 20.13 + 50.32 − 21.29 before it, the last one is 17.04.
  // Seven are asked for on the 10th of October without proration: they count from November on, 84.00.
  'meitner, who changes the number of seats': [
    ['2024-01-01', '36.00', 'seats recurring 2024-01-01 36.00'],
    ['2024-02-01', '36.00', 'seats recurring 2024-02-01 36.00'],
    ['2024-02-20', '20.69', 'seats recurring 2024-02-20 33.10', 'seats correction 2024-02-01 -12.41'],
    ['2024-03-01', '96.00', 'seats recurring 2024-03-01 96.00'],
    ['2024-04-01', '96.00', 'seats recurring 2024-04-01 96.00'],
    ['2024-05-01', '96.00', 'seats recurring 2024-05-01 96.00'],
    ['2024-06-01', '96.00', 'seats recurring 2024-06-01 96.00'],
    ['2024-06-11', '-48.00', 'seats recurring 2024-06-11 16.00', 'seats correction 2024-06-01 -64.00'],
    ['2024-07-01', '24.00', 'seats recurring 2024-07-01 24.00'],
    ['2024-08-01', '24.00', 'seats recurring 2024-08-01 24.00'],
    ['2024-08-06', '30.19', 'seats recurring 2024-08-06 50.32', 'seats correction 2024-08-01 -20.13'],
    ['2024-08-21', '-4.25', 'seats recurring 2024-08-21 17.04', 'seats correction 2024-08-06 -21.29'],
    ['2024-09-01', '48.00', 'seats recurring 2024-09-01 48.00'],
    ['2024-10-01', '48.00', 'seats recurring 2024-10-01 48.00'],
    ['2024-11-01', '84.00', 'seats recurring 2024-11-01 84.00'],
    ['2024-12-01', '84.00', 'seats recurring 2024-12-01 84.00'],
  ],
  // Away from the 11th of July until the 21st of August: ten of 31 days were served, 30.00 × 10/31 = 9.68, so 20.32 come back; the 500 tokens
  // of the 4th cost 5.00. Nothing falls due as August begins. Its last eleven of 31 days are charged as they begin, 30.00 × 11/31 = 10.65, with
  // 3.00 for 300 tokens of the 8th of July that arrived on the 20th; the 900 tokens of that day are nobody's. August's 200 tokens cost 2.00.
  'noether, who pauses': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '30.00', 'fee recurring 2024-04-01 30.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-07-11', '-15.32', 'tokens usage 2024-07-01 5.00', 'fee correction 2024-07-01 -20.32'],
    ['2024-08-21', '13.65', 'fee recurring 2024-08-21 10.65', 'tokens late_usage 2024-07-01 3.00'],
    ['2024-09-01', '32.00', 'fee recurring 2024-09-01 30.00', 'tokens usage 2024-08-21 2.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // Three seats at 12.00 are 36.00. From May on they are to be cheaper, 9.00 each; that is decided in March, and keeps nobody from having six on
  // the 11th of April: ten of its 30 days were served with three, 36.00 × 10/30 = 12.00, so 24.00 come back; 72.00 × 20/30 = 48.00 follow. May
  // begins with six at 9.00.
  'ohm, who needs seats before what is scheduled': [
    ['2024-01-01', '36.00', 'seats recurring 2024-01-01 36.00'],
    ['2024-02-01', '36.00', 'seats recurring 2024-02-01 36.00'],
    ['2024-03-01', '36.00', 'seats recurring 2024-03-01 36.00'],
    ['2024-04-01', '36.00', 'seats recurring 2024-04-01 36.00'],
    ['2024-04-11', '24.00', 'seats recurring 2024-04-11 48.00', 'seats correction 2024-04-01 -24.00'],
    ['2024-05-01', '54.00', 'seats recurring 2024-05-01 54.00'],
    ['2024-06-01', '54.00', 'seats recurring 2024-06-01 54.00'],
    ['2024-07-01', '54.00', 'seats recurring 2024-07-01 54.00'],
    ['2024-08-01', '54.00', 'seats recurring 2024-08-01 54.00'],
    ['2024-09-01', '54.00', 'seats recurring 2024-09-01 54.00'],
    ['2024-10-01', '54.00', 'seats recurring 2024-10-01 54.00'],
    ['2024-11-01', '54.00', 'seats recurring 2024-11-01 54.00'],
    ['2024-12-01', '54.00', 'seats recurring 2024-12-01 54.00'],
  ],
  // Owes January when 50.00 come for February: what is left of them, 20.00, is taken off January.
  'pauli, whose credit reaches what is open': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '30.00', 'fee recurring 2024-04-01 30.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // Sends 70.00 for January. The 40.00 beyond it pay February, and 10.00 of March. On the 10th of March the bank takes the 70.00 back: all three
  // are owed again.
  'raman, whose payment bounces when its excess is used': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '30.00', 'fee recurring 2024-04-01 30.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // Sends 45.00 for the only month. The 15.00 beyond it are paid out before the account is closed.
  'salam, who closes with a book that is even': [['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00']],
  // A thousand tokens are free each month, on either plan. 800 before the 16th of May and 800 after it are 1,600: 600 of them cost 6.00 in June. The
  // fee goes from 31.00 to 62.00: half of May's 31 days but one were served, 15.00, so 16.00 come back, and 16 days at 2.00 follow.
  'turing, whose free units are there once': [
    ['2024-01-01', '31.00', 'fee recurring 2024-01-01 31.00'],
    ['2024-02-01', '31.00', 'fee recurring 2024-02-01 31.00'],
    ['2024-03-01', '31.00', 'fee recurring 2024-03-01 31.00'],
    ['2024-04-01', '31.00', 'fee recurring 2024-04-01 31.00'],
    ['2024-05-01', '31.00', 'fee recurring 2024-05-01 31.00'],
    ['2024-05-16', '16.00', 'fee recurring 2024-05-16 32.00', 'fee correction 2024-05-01 -16.00'],
    ['2024-06-01', '68.00', 'fee recurring 2024-06-01 62.00', 'tokens usage 2024-05-01 6.00'],
    ['2024-07-01', '62.00', 'fee recurring 2024-07-01 62.00'],
    ['2024-08-01', '62.00', 'fee recurring 2024-08-01 62.00'],
    ['2024-09-01', '62.00', 'fee recurring 2024-09-01 62.00'],
    ['2024-10-01', '62.00', 'fee recurring 2024-10-01 62.00'],
    ['2024-11-01', '62.00', 'fee recurring 2024-11-01 62.00'],
    ['2024-12-01', '62.00', 'fee recurring 2024-12-01 62.00'],
  ],
  // At least 31.00 a month, on the first version as on the second, whose tokens are dearer. May is cut on the 16th: 15.00 and 16.00 of it are
  // 31.00, not twice as much.
  'volta, whose minimum is there once': [
    ['2024-02-01', '31.00', 'tokens usage 2024-01-01 31.00'],
    ['2024-03-01', '31.00', 'tokens usage 2024-02-01 31.00'],
    ['2024-04-01', '31.00', 'tokens usage 2024-03-01 31.00'],
    ['2024-05-01', '31.00', 'tokens usage 2024-04-01 31.00'],
    ['2024-05-16', '15.00', 'tokens usage 2024-05-01 15.00'],
    ['2024-06-01', '16.00', 'tokens usage 2024-05-16 16.00'],
    ['2024-07-01', '31.00', 'tokens usage 2024-06-01 31.00'],
    ['2024-08-01', '31.00', 'tokens usage 2024-07-01 31.00'],
    ['2024-09-01', '31.00', 'tokens usage 2024-08-01 31.00'],
    ['2024-10-01', '31.00', 'tokens usage 2024-09-01 31.00'],
    ['2024-11-01', '31.00', 'tokens usage 2024-10-01 31.00'],
    ['2024-12-01', '31.00', 'tokens usage 2024-11-01 31.00'],
  ],
  // 500 tokens cost 5.00 as it ends on the 11th of June. On the 20th 200 of them are taken back, and 2.00 given back by themselves, a day later.
  'yukawa, who takes usage back after the end': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '30.00', 'fee recurring 2024-04-01 30.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-06-11', '-15.00', 'tokens usage 2024-06-01 5.00', 'fee correction 2024-06-01 -20.00'],
    ['2024-06-21', '-2.00', 'tokens late_usage 2024-06-01 -2.00'],
  ],
  // Ends with October. On the 5th of November October's invoice turns out to have a wrong address: it is void, and an hour later there is another.
  'zuse, whose last invoice is void': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '30.00', 'fee recurring 2024-04-01 30.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-05', '30.00', 'fee recurring 2024-10-01 30.00'],
  ],
  // A solo for which everything that was paid for March comes back on its eleventh day.
  'bose, whose month is given back whole': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-03-11', '-30.00', 'fee correction 2024-03-01 -30.00'],
  ],
  // 12.00 were agreed for what is left of March, whatever its days come to.
  'heisenberg, who gets back what was agreed': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-03-11', '-12.00', 'Credit at the end of the subscription one_off 2024-03-11 -12.00'],
  ],
  // Nothing a month, which is to be seen: the plan has invoices of nothing made.
  'boltzmann, whose invoices are of nothing': [
    ['2024-01-01', '0.00'],
    ['2024-02-01', '0.00'],
    ['2024-03-01', '0.00'],
    ['2024-04-01', '0.00'],
    ['2024-05-01', '0.00'],
    ['2024-06-01', '0.00'],
    ['2024-07-01', '0.00'],
    ['2024-08-01', '0.00'],
    ['2024-09-01', '0.00'],
    ['2024-10-01', '0.00'],
    ['2024-11-01', '0.00'],
    ['2024-12-01', '0.00'],
  ],
  // A set-up on an invoice of its own, and 5.00 that are given back with the next one.
  'lorentz, who is charged once': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-03-10', '250.00', 'Setup one_off 2024-03-10 250.00'],
    ['2024-04-01', '25.00', 'fee recurring 2024-04-01 30.00', 'Goodwill one_off 2024-03-10 -5.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // In March 20 % off were agreed for May, June and July: 24.00.
  'maxwell, who is promised a discount': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '30.00', 'fee recurring 2024-04-01 30.00'],
    ['2024-05-01', '24.00', 'fee recurring 2024-05-01 24.00'],
    ['2024-06-01', '24.00', 'fee recurring 2024-06-01 24.00'],
    ['2024-07-01', '24.00', 'fee recurring 2024-07-01 24.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // Seconds count by six, and thirty at least: calls of 12, 61 and 36 seconds are 30 + 66 + 36 at 0.01.
  'nernst, whose calls count by increments': [['2024-04-01', '1.32', 'talk usage 2024-03-01 1.32']],
  // A seat costs 10.00 a month, afterwards. Four, and five on every second day of April: 1.33 and 1.67 in turn are 45.00, to the
  // cent, and wait for the next invoice.
  'planck, whose seats change every day': [
    ['2024-02-01', '40.00', 'seats recurring 2024-01-01 40.00'],
    ['2024-03-01', '40.00', 'seats recurring 2024-02-01 40.00'],
    ['2024-04-01', '40.00', 'seats recurring 2024-03-01 40.00'],
    [
      '2024-05-01',
      '45.00',
      ...DAYS_OF_APRIL.map((day, index) => `seats recurring ${day} ${index % 2 === 0 ? '1.33' : '1.67'}`),
    ],
    ['2024-06-01', '50.00', 'seats recurring 2024-05-01 50.00'],
    ['2024-07-01', '50.00', 'seats recurring 2024-06-01 50.00'],
    ['2024-08-01', '50.00', 'seats recurring 2024-07-01 50.00'],
    ['2024-09-01', '50.00', 'seats recurring 2024-08-01 50.00'],
    ['2024-10-01', '50.00', 'seats recurring 2024-09-01 50.00'],
    ['2024-11-01', '50.00', 'seats recurring 2024-10-01 50.00'],
    ['2024-12-01', '50.00', 'seats recurring 2024-11-01 50.00'],
  ],
  // Ten thousand tokens are free in a year, which is billed by the month: 6,000 in February, and 6,000 in June, of which 2,000 cost 20.00; 1,000
  // more in September cost 10.00.
  'tesla, whose free units last a year': [
    ['2024-07-01', '20.00', 'tokens usage 2024-01-01 20.00'],
    ['2024-10-01', '10.00', 'tokens usage 2024-01-01 10.00'],
  ],
};

const nameOf = (title: string): string => title.slice(0, title.indexOf(','));

describe('a year in the life of thirty accounts', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let clock: Any;
  const accounts = new Map<string, Any>();

  const subscribe = (name: string, plan: string, fields: object = {}): Promise<Any> =>
    client.create('subscriptions', { accountId: `external:${name}`, plan, externalId: `${name}-${plan}`, ...fields });

  /** Time passes, with everything that falls due in it. */
  const until = async (to: string): Promise<void> => {
    expect(await client.create(`test-clocks/${clock.id}/advance`, { to })).toMatchObject({ status: 'ready' });
  };

  /** At the time that the clock shows, unless named. */
  const use = async (name: string, event: string, properties: object, fields: object = {}): Promise<void> => {
    const reading = { id: `${name} ${event} ${Object.values(properties).join()}`, event, properties, ...fields };
    const { results } = await client.create('usage', { events: [{ accountId: `external:${name}`, ...reading }] });
    expect(results).toMatchObject([{ status: 'accepted' }]);
  };

  /** Something is decided about what an account subscribes to. */
  const decide = (name: string, plan: string, action: string, body?: object): Promise<Any> =>
    client.create(`subscriptions/external:${name}-${plan}/${action}`, body);

  const invoiceOf = async (name: string, issueDate: string): Promise<Any> => {
    const { data } = await client.read(`invoices?accountId=external:${name}&limit=200`);
    return data.find((invoice: Any) => invoice.issueDate === issueDate);
  };

  const pay = async (name: string, issueDate: string, amount: string): Promise<Any> =>
    client.create(`invoices/${(await invoiceOf(name, issueDate)).id}/payments`, { amount: usd(amount) });

  /** What is due of invoices by now, by the days that they were issued on. */
  const dueOf = (name: string, days: readonly string[]): Promise<string[]> =>
    Promise.all(days.map(async (day) => (await invoiceOf(name, day)).amountDue.amount));

  const rows = async (name: string): Promise<Row[]> => {
    const { data } = await client.read(`invoices?accountId=external:${name}&limit=200`);
    const invoices: Any[] = await Promise.all(data.reverse().map(({ id }: Any) => client.read(`invoices/${id}`)));
    return invoices.map(({ issueDate, total, lines }) => [
      issueDate,
      total.amount,
      ...lines
        .filter(({ amount }: Any) => amount.amount !== '0.00')
        .map(
          ({ charge, description, kind, period, amount }: Any) =>
            `${charge ?? description} ${kind} ${period.start.slice(0, 10)} ${amount.amount}`,
        ),
    ]);
  };

  /** What people do, in its order. Whatever else happens, falls due. */
  const live = async (): Promise<void> => {
    await Promise.all(SOLOISTS.map((name) => subscribe(name, 'solo')));
    await subscribe('euler', 'yearly');
    await subscribe('fermi', 'crew');
    await subscribe('gauss', 'team', { quantities: { seats: '5' } });
    await subscribe('meitner', 'team', { quantities: { seats: '3' } });
    await subscribe('ohm', 'team', { quantities: { seats: '3' } });
    await subscribe('turing', 'bundle');
    await subscribe('volta', 'floor', { planVersion: 1 });
    await subscribe('hopper', 'solo', { activation: 'manual' });
    await subscribe('joule', 'load');
    await subscribe('boltzmann', 'free');
    await subscribe('nernst', 'calls');
    await subscribe('planck', 'desks', { quantities: { seats: '4' } });
    await subscribe('tesla', 'pool');
    await use('fermi', 'seats', { added: 4 });
    await until('2024-01-05T09:00:00Z');
    await use('joule', 'load', { level: 10 });
    await until('2024-01-05T15:00:00Z');
    await use('joule', 'load', { level: 30 });
    await until('2024-01-06T09:00:00Z');
    await use('joule', 'load', { level: 20 });
    await until('2024-01-10T09:00:00Z');
    const bouncing = await pay('raman', '2024-01-01', '70.00');
    await pay('salam', '2024-01-01', '45.00');
    expect(await subscribe('kepler', 'solo', { trialDays: 14 })).toMatchObject({ status: 'trialing' });
    await until('2024-01-15T12:00:00Z');
    await use('kepler', 'llm_request', { tokens: 700 });
    await until('2024-01-20T12:00:00Z');
    await use('bell', 'llm_request', { tokens: 1_000 });
    await decide('salam', 'solo', 'cancel', { at: 'period_end' });
    await until('2024-01-31T00:00:00Z');
    await subscribe('curie', 'solo');
    await until('2024-02-10T00:00:00Z');
    await use('bell', 'llm_request', { tokens: 500 }, { at: '2024-01-25T12:00:00Z' });
    await use('kepler', 'llm_request', { tokens: 600 });
    await pay('pauli', '2024-02-01', '50.00');
    const closing = await client.post('accounts/external:salam/close');
    expect([closing.status, closing.body.code]).toEqual([422, 'account_book_not_even']);
    await client.create('accounts/external:salam/credit-refunds');
    expect(await client.create('accounts/external:salam/close')).toMatchObject({ status: 'closed' });
    await use('tesla', 'llm_request', { tokens: 6_000 });
    await until('2024-02-15T12:00:00Z');
    await decide('hopper', 'solo', 'activate');
    await until('2024-02-20T16:00:00Z');
    await decide('meitner', 'team', 'changes', { quantities: { seats: '8' }, at: 'now' });
    await until('2024-03-05T12:00:00Z');
    await use('dirac', 'llm_request', { tokens: 400 });
    await until('2024-03-10T12:00:00Z');
    await use('ada', 'llm_request', { tokens: 1_500 });
    await decide('ohm', 'team', 'changes', { plan: 'guild', at: '2024-05-01T00:00:00Z' });
    const off = { fee: { discountBasisPoints: 2_000 } };
    await decide('maxwell', 'solo', 'changes', { overrides: off, at: '2024-05-01T00:00:00Z' });
    await decide('maxwell', 'solo', 'changes', { overrides: { fee: null }, at: '2024-08-01T00:00:00Z' });
    const items = 'accounts/external:lorentz/invoice-items';
    await client.create(items, { description: 'Setup', unitAmount: '250.00', on: 'own_invoice' });
    await client.create(items, { description: 'Goodwill', amount: usd('-5.00') });
    for (const seconds of [12, 61, 36]) await use('nernst', 'call', { seconds });
    expect(await dueOf('raman', ['2024-01-01', '2024-02-01', '2024-03-01'])).toEqual(['0.00', '0.00', '20.00']);
    await client.create(`payments/${bouncing.id}/reverse`, { reason: 'the debit was returned' });
    await until('2024-03-11T00:00:00Z');
    await decide('dirac', 'solo', 'cancel', { at: 'now' });
    await decide('bose', 'solo', 'cancel', { at: 'now', credit: 'full' });
    await decide('heisenberg', 'solo', 'cancel', { at: 'now', creditAmount: usd('12.00') });
    await until('2024-03-15T12:00:00Z');
    await client.create(`usage/${encodeURIComponent('bell llm_request 1000')}/amend`, {
      properties: { tokens: 800 },
      reason: 'a retry was counted twice',
    });
    await until('2024-03-17T08:00:00Z');
    await use('fermi', 'seats', { added: '4.0' });
    await until('2024-04-11T09:00:00Z');
    await decide('ohm', 'team', 'changes', { quantities: { seats: '6' }, at: 'now' });
    await until('2024-04-20T12:00:00Z');
    await client.create(`usage/${encodeURIComponent('bell llm_request 500')}/retract`, { reason: 'a load test' });
    await until('2024-04-30T12:00:00Z');
    for (const [index, day] of DAYS_OF_APRIL.entries()) {
      const seats = index % 2 === 0 ? '4' : '5';
      const change = { quantities: { seats }, at: `${day}T00:00:00Z`, proration: 'next_invoice' };
      if (index > 0) await decide('planck', 'desks', 'changes', change);
    }
    await until('2024-05-10T00:00:00Z');
    await subscribe('ising', 'solo', { anchor: { align: 'calendar' } });
    await use('turing', 'llm_request', { tokens: 800 }, { at: '2024-05-09T12:00:00Z' });
    await until('2024-05-12T08:00:00Z');
    await use('landau', 'llm_request', { tokens: 2_000 });
    await until('2024-05-12T10:00:00Z');
    await decide('landau', 'solo', 'changes', { plan: 'scale', at: 'now' });
    await until('2024-05-16T00:00:00Z');
    await decide('turing', 'bundle', 'changes', { plan: 'bundle-plus', at: 'now' });
    await decide('volta', 'floor', 'changes', { plan: 'floor', planVersion: 2, at: 'now' });
    await until('2024-05-25T12:00:00Z');
    await use('turing', 'llm_request', { tokens: '800.0' });
    await use('landau', 'llm_request', { tokens: 3_000 });
    await use('landau', 'llm_request', { tokens: 400 }, { at: '2024-05-10T12:00:00Z' });
    await until('2024-06-10T12:00:00Z');
    await use('yukawa', 'llm_request', { tokens: 300 });
    await use('yukawa', 'llm_request', { tokens: 200 });
    await until('2024-06-11T00:00:00Z');
    await decide('yukawa', 'solo', 'cancel', { at: 'now' });
    await until('2024-06-11T09:00:00Z');
    await decide('meitner', 'team', 'changes', { quantities: { seats: '2' }, at: 'now' });
    await until('2024-06-15T12:00:00Z');
    await decide('gauss', 'team', 'cancel', { at: 'period_end' });
    await use('euler', 'llm_request', { tokens: 10_000 });
    await use('tesla', 'llm_request', { tokens: '6000.0' });
    await until('2024-06-20T12:00:00Z');
    await client.create(`usage/${encodeURIComponent('yukawa llm_request 200')}/retract`, { reason: 'a load test' });
    await until('2024-07-04T12:00:00Z');
    await use('noether', 'llm_request', { tokens: 500 });
    await until('2024-07-11T00:00:00Z');
    const away = await decide('noether', 'solo', 'pause', { until: '2024-08-21T00:00:00Z' });
    expect(away).toMatchObject({ status: 'paused' });
    await until('2024-07-20T12:00:00Z');
    await use('noether', 'llm_request', { tokens: 900 });
    await use('noether', 'llm_request', { tokens: 300 }, { at: '2024-07-08T12:00:00Z' });
    await until('2024-08-06T07:00:00Z');
    await decide('meitner', 'team', 'changes', { quantities: { seats: '5' }, at: 'now' });
    await until('2024-08-21T12:00:00Z');
    await decide('meitner', 'team', 'changes', { quantities: { seats: '4' }, at: 'now' });
    await until('2024-08-25T12:00:00Z');
    await use('noether', 'llm_request', { tokens: 200 });
    await until('2024-09-11T10:00:00Z');
    await use('fermi', 'seats', { added: -3 });
    await use('tesla', 'llm_request', { tokens: 1_000 });
    await use('landau', 'llm_request', { tokens: 1_000 });
    await until('2024-09-20T12:00:00Z');
    await decide('landau', 'solo', 'changes', { plan: 'solo', at: 'period_end' });
    await until('2024-10-10T12:00:00Z');
    await decide('meitner', 'team', 'changes', { quantities: { seats: '7' }, at: 'now', proration: 'none' });
    await until('2024-10-20T12:00:00Z');
    await decide('hopper', 'solo', 'cancel', { at: 'period_end' });
    await decide('zuse', 'solo', 'cancel', { at: 'period_end' });
    await until('2024-10-25T12:00:00Z');
    await decide('hopper', 'solo', 'uncancel');
    await until('2024-11-05T12:00:00Z');
    const { data } = await client.read('invoices?accountId=external:zuse');
    const october = data.find(({ issueDate }: Any) => issueDate === '2024-10-01');
    await client.create(`invoices/${october.id}/void`, { reason: 'a wrong address' });
    await until('2024-12-31T12:00:00Z');
  };

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    ({ client } = await recount.createTenant('A year'));
    await withCatalog(client);
    for (const meter of YEAR_METERS) await client.create('meters', meter);
    for (const plan of YEAR_PLANS) await client.create('plans', plan);
    await client.create('plans/floor/versions', FLOOR_VERSION_2);
    clock = await client.create('test-clocks', { name: 'A year', startAt: '2024-01-01T00:00:00Z' });
    for (const name of Object.keys(INVOICES).map(nameOf)) {
      accounts.set(name, await openAccount(client, { externalId: name, name, test: true, testClockId: clock.id }));
    }
    await live();
  }, 600_000);

  it.each(Object.entries(INVOICES))('%s', async (title, expected) => {
    expect(await rows(nameOf(title))).toEqual(expected);
  });

  it('ends dirac, and takes what was paid and not served off what is open', async () => {
    expect((await client.read('subscriptions/external:dirac-solo')).status).toBe('ended');
    // Of January's 30.00, 16.32 are settled.
    expect(await dueOf('dirac', ['2024-01-01', '2024-02-01'])).toEqual(['13.68', '30.00']);
    expect(balances(await client.read('accounts/external:dirac/book'))).toMatchObject({ customer_credit: '0.00' });
  });

  it('takes what it gives back off what is due first', async () => {
    // 15.32 of January's 30.00.
    expect(await dueOf('noether', ['2024-01-01', '2024-02-01', '2024-08-21'])).toEqual(['14.68', '30.00', '13.65']);
    // 48.00 pay January's 36.00, and 12.00 of February's; later 4.25 more of those.
    expect(await dueOf('meitner', ['2024-01-01', '2024-02-01', '2024-02-20'])).toEqual(['0.00', '19.75', '20.69']);
  });

  it('lets credit pay what is open, and what bounced be owed again', async () => {
    const quarter = ['2024-01-01', '2024-02-01', '2024-03-01'];
    expect(await dueOf('pauli', quarter)).toEqual(['10.00', '0.00', '30.00']);
    expect(await dueOf('raman', quarter)).toEqual(['30.00', '30.00', '30.00']);
    expect(balances(await client.read('accounts/external:raman/book'))).toMatchObject({
      cash: '0.00',
      customer_credit: '0.00',
      receivable: '360.00',
    });
  });

  it('closes an account whose money was paid out', async () => {
    expect(await client.read('accounts/external:salam')).toMatchObject({ status: 'closed' });
    expect(balances(await client.read('accounts/external:salam/book'))).toMatchObject({
      cash: '30.00',
      customer_credit: '0.00',
      receivable: '0.00',
    });
  });

  it('tells of a trial, a pause and subscriptions that they are over, when they are', async () => {
    const types = ['trial_ended', 'resumed', 'ended'].map((type) => `subscription.${type}`);
    const stream = await EventStream.open(client, `events?from=start&types=${types.join()}`);
    const told = await stream.take(9);
    await stream.close();
    const nameOfId = new Map([...accounts].map(([name, { id }]) => [id, name]));
    expect(
      told.map(({ type, accountId, data }) => [
        nameOfId.get(accountId),
        type,
        data['endedAt'] ?? data['effectiveFrom'],
      ]),
    ).toEqual([
      ['kepler', 'subscription.trial_ended', '2024-01-24T00:00:00Z'],
      ['salam', 'subscription.ended', '2024-02-01T00:00:00Z'],
      ['dirac', 'subscription.ended', '2024-03-11T00:00:00Z'],
      ['bose', 'subscription.ended', '2024-03-11T00:00:00Z'],
      ['heisenberg', 'subscription.ended', '2024-03-11T00:00:00Z'],
      ['yukawa', 'subscription.ended', '2024-06-11T00:00:00Z'],
      ['gauss', 'subscription.ended', '2024-07-01T00:00:00Z'],
      ['noether', 'subscription.resumed', '2024-08-21T00:00:00Z'],
      ['zuse', 'subscription.ended', '2024-11-01T00:00:00Z'],
    ]);
    for (const name of ['hopper', 'kepler', 'noether']) {
      expect(await client.read(`subscriptions/external:${name}-solo`)).toMatchObject({ status: 'active' });
    }
  });

  it('makes overdue what nobody paid within thirty days, and nothing else', async () => {
    const { data } = await client.read('invoices?accountId=external:ada&limit=200');
    const overdue = data.filter((invoice: Any) => invoice.overdue).map(({ issueDate }: Any) => issueDate);
    // November's fee is due on the first of December; December's is not yet.
    expect(overdue).toEqual(data.map(({ issueDate }: Any) => issueDate).filter((day: string) => day !== '2024-12-01'));
  });

  it('shows in the books of each what its invoices say', async () => {
    const cents = ({ amount }: Any): number => Math.round(Number(amount) * 100);
    for (const [name, { id }] of accounts) {
      const { data } = await client.read(`invoices?accountId=${id}&limit=200`);
      const owed = data.reduce((sum: number, { amountDue }: Any) => sum + cents(amountDue), 0);
      const { receivable = '0.00' } = balances(await client.read(`accounts/${id}/book`));
      expect({ name, owed }).toEqual({ name, owed: cents(usd(receivable)) });
    }
  });

  it('is found right by a verification of the log', async () => {
    await expectVerified(client);
  });
});
