import type { TrialTerms, Charge, PlanVersion, Meter } from '#contracts';
import { isDecimal, type Interval, type Violation } from '#kernel';
import { isLinear, isUsagePrice, priceViolations } from '#rating';

/** The charge under which a paid trial is billed: a plan can have none of this key beside it. */
export const TRIAL_CHARGE = 'trial';

const TRIAL_DAYS_MAX = 730;

/** By the pointers of a request, which has them flat. Without days, there is no trial. */
export const trialViolations = ({ days, price }: TrialTerms, charges: readonly Charge[]): Violation[] => [
  ...(Number.isInteger(days) && days >= 0 && days <= TRIAL_DAYS_MAX
    ? []
    : [violation('/trialDays', 'invalid_trial', `A trial has whole days, from 0 to ${TRIAL_DAYS_MAX}.`)]),
  ...(price === undefined || (isDecimal(price) && !price.startsWith('-'))
    ? []
    : [violation('/trialPrice', 'invalid_decimal', 'A price is a plain decimal, not below zero.')]),
  ...(price !== undefined && charges.some(({ key }) => key === TRIAL_CHARGE)
    ? [
        violation(
          '/trialPrice',
          'duplicate_charge_key',
          'The plan has a charge “trial”, under which a paid trial is billed.',
        ),
      ]
    : []),
];

export const chargeInterval = (plan: PlanVersion, charge: Charge): Interval => charge.interval ?? plan.interval;

/** What a charge's price says something of: an interval of billing, or a window of several. */
export const priceInterval = (plan: PlanVersion, charge: Charge): Interval =>
  charge.allowanceInterval ?? chargeInterval(plan, charge);

/** Of a version that has it: what was billed names charges that its plan had. */
export const chargeOf = ({ charges }: PlanVersion, key: string): Charge =>
  charges.find((charge) => charge.key === key)!;

/** `meters` answers what a key names. */
export const chargesViolations = (
  { charges, interval }: Pick<PlanVersion, 'charges' | 'interval'>,
  meters: (key: string) => Meter | undefined,
): Violation[] => {
  const keys = new Set<string>();
  return charges.flatMap((charge, index) => {
    const repeated = keys.has(charge.key);
    keys.add(charge.key);
    const found = [
      ...(repeated ? [violation('/key', 'duplicate_charge_key', `“${charge.key}” names two charges.`)] : []),
      ...meterViolations(charge, meters),
      ...allowanceViolations(charge, interval),
      ...pricingViolations(charge, meters).map(({ pointer, ...rest }) => ({
        pointer: `/price${pointer}`,
        ...rest,
      })),
    ];
    return found.map(({ pointer, ...rest }) => ({ pointer: `/charges/${index}${pointer}`, ...rest }));
  });
};

/** By pointer below the price. `meters` answers what a key names. */
export const pricingViolations = (charge: Charge, meters: (key: string) => Meter | undefined): Violation[] => [
  ...chargePriceViolations(charge),
  ...negativeViolations(charge, meters),
];

const ALLOWANCE_MONTHS_MAX = 120;

/** A window is made of whole billing intervals, and has to turn with them. */
const allowanceViolations = ({ kind, allowanceInterval, interval: own }: Charge, planned: Interval): Violation[] => {
  if (allowanceInterval === undefined) return [];
  if (kind !== 'usage')
    return [
      violation('/allowanceInterval', 'allowance_not_allowed', 'Only usage charges have an allowance of their own.'),
    ];
  const [window, billed] = [lengthOf(allowanceInterval), lengthOf(own ?? planned)];
  const times = window.length / billed.length;
  return window.unit === billed.unit && times > 1 && Number.isInteger(times) && window.months <= ALLOWANCE_MONTHS_MAX
    ? []
    : [
        violation(
          '/allowanceInterval',
          'invalid_allowance_interval',
          `An allowance lasts several whole intervals of billing, and at most ${ALLOWANCE_MONTHS_MAX} months.`,
        ),
      ];
};

const lengthOf = ({ unit, count }: Interval) => {
  const inMonths = unit === 'month' || unit === 'year';
  const length = count * (unit === 'year' ? 12 : unit === 'week' ? 7 : 1);
  return { unit: inMonths ? 'month' : 'day', length, months: inMonths ? length : length / 28 };
};

/** By pointer below the price. */
export const chargePriceViolations = ({ kind, price }: Pick<Charge, 'kind' | 'price'>): Violation[] => [
  ...priceViolations(price),
  ...(kind !== 'usage' && isUsagePrice(price)
    ? [violation('/model', 'usage_price', 'This price is one of readings: only usage charges have it.')]
    : []),
];

/** What may be below zero has the same price below it as above it. */
const negativeViolations = ({ meter, price }: Charge, meters: (key: string) => Meter | undefined): Violation[] =>
  meter === undefined || meters(meter)?.allowNegative !== true || isLinear(price)
    ? []
    : [
        violation(
          price.model === 'per_unit' || price.model === 'matrix' ? '/conversion/freeUnits' : '/model',
          'negative_not_allowed',
          'What may be below zero is priced by the unit: per_unit or matrix, without free units.',
        ),
      ];

const meterViolations = (
  { kind, timing, meter, interval }: Charge,
  meters: (key: string) => Meter | undefined,
): Violation[] => {
  if (kind !== 'usage') {
    return [
      ...(meter === undefined ? [] : [violation('/meter', 'meter_not_allowed', 'Only usage charges have a meter.')]),
      ...(kind === 'one_time' && interval !== undefined
        ? [violation('/interval', 'interval_not_allowed', 'A one-time charge has no interval.')]
        : []),
    ];
  }
  if (meter === undefined) return [violation('/meter', 'meter_required', 'A usage charge names its meter.')];
  return [
    ...(meters(meter) !== undefined
      ? []
      : [violation('/meter', 'meter_not_found', `There is no meter “${meter.slice(0, 128)}”.`)]),
    ...(timing === 'in_arrears'
      ? []
      : [violation('/timing', 'usage_in_advance', 'Usage is known afterwards: it is billed in arrears.')]),
  ];
};

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });
