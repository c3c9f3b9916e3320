import type { Interval, Violation } from '#kernel';
import { isUsagePrice, priceViolations, type Price, type ProrationBasis } from '#rating';

export type ChargeKind = 'recurring' | 'usage' | 'one_time';
export type Timing = 'in_advance' | 'in_arrears';

/**
 * `day`: half-open local days over the days of the whole period at the anchor. `second`: its seconds. `fixed30`: days of months that
 * all have thirty. `none`: a part costs the whole.
 */
export type Proration = ProrationBasis | 'none';

export interface Charge {
  readonly key: string;
  readonly name: string;
  readonly kind: ChargeKind;
  readonly timing: Timing;
  /** When it differs from the plan's: a yearly fee with monthly usage. */
  readonly interval?: Interval;
  /** Key of the meter; of usage charges alone. */
  readonly meter?: string;
  readonly price: Price;
  readonly proration: Proration;
}

/** Immutable once published: a change is a new version. */
export interface PlanVersion {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly interval: Interval;
  readonly charges: readonly Charge[];
  readonly contentHash: string;
}

export const chargeInterval = (plan: PlanVersion, charge: Charge): Interval => charge.interval ?? plan.interval;

/** Of a version that has it: what was billed names charges that its plan had. */
export const chargeOf = ({ charges }: PlanVersion, key: string): Charge =>
  charges.find((charge) => charge.key === key)!;

/** `meters` answers whether a key names a meter. */
export const chargesViolations = (charges: readonly Charge[], meters: (key: string) => boolean): Violation[] => {
  const keys = new Set<string>();
  return charges.flatMap((charge, index) => {
    const repeated = keys.has(charge.key);
    keys.add(charge.key);
    const found = [
      ...(repeated ? [violation('/key', 'duplicate_charge_key', `“${charge.key}” names two charges.`)] : []),
      ...meterViolations(charge, meters),
      ...chargePriceViolations(charge).map(({ pointer, ...rest }) => ({ pointer: `/price${pointer}`, ...rest })),
    ];
    return found.map(({ pointer, ...rest }) => ({ pointer: `/charges/${index}${pointer}`, ...rest }));
  });
};

/** By pointer below the price. */
export const chargePriceViolations = ({ kind, price }: Pick<Charge, 'kind' | 'price'>): Violation[] => [
  ...priceViolations(price),
  ...(kind !== 'usage' && isUsagePrice(price)
    ? [violation('/model', 'usage_price', 'This price is one of readings: only usage charges have it.')]
    : []),
];

const meterViolations = ({ kind, timing, meter, interval }: Charge, meters: (key: string) => boolean): Violation[] => {
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
    ...(meters(meter) ? [] : [violation('/meter', 'meter_not_found', `There is no meter “${meter.slice(0, 128)}”.`)]),
    ...(timing === 'in_arrears'
      ? []
      : [violation('/timing', 'usage_in_advance', 'Usage is known afterwards: it is billed in arrears.')]),
  ];
};

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });
