import { aggregateValues } from '#billing/usage';
import { Decimal, fractionOf } from '#kernel';
import {
  convertedUnits,
  percentOf,
  rate,
  rateProratedLevels,
  rateProratedVolume,
  tierStep,
  unitsWithin,
  type PackagePrice,
  type PercentagePrice,
  type PerUnitPrice,
  type Price,
  type RateTier,
  type Tier,
  type UnitConversion,
} from '#rating';
import { adapter, type Adapters } from './adapter.js';
import { billedUsage } from './further-usage.js';

interface TierInput {
  readonly up_to: string | null;
  readonly unit: string;
  readonly flat: string;
}
interface Tiers {
  readonly tiers: readonly TierInput[];
  readonly zero_usage_bills_first_flat?: boolean;
}
interface Quantity {
  readonly quantity: string;
}
interface Package {
  readonly package_size: string;
  readonly package_price: string;
  readonly free_units?: string;
}
interface Percentage {
  readonly rate_percent: string;
  readonly fixed_per_event: string;
  readonly free_amount: string;
  readonly free_events: string;
  readonly min?: string | null;
  readonly max?: string | null;
}
interface Conversion {
  readonly factor: string;
  readonly rounding: 'ceil' | 'floor' | 'round' | 'none';
  readonly usage_discount?: string;
}
interface Blocks {
  readonly tiers: readonly {
    readonly block_size: string;
    readonly max_blocks: string | null;
    readonly block_price: string;
  }[];
}

const decimal = (value: string | number): Decimal => Decimal.parse(String(value));
const amountOf = (price: Price, quantity: string) => ({ amount: rate(price, decimal(quantity)).amount });

const tier = ({ up_to: upTo, unit, flat }: TierInput): Tier => ({ upTo, unitAmount: unit, flatAmount: flat });
const tiered = <Model extends 'graduated' | 'volume'>(model: Model, input: Tiers) => ({
  model,
  tiers: input.tiers.map(tier),
  flatFeeOnZero: input.zero_usage_bills_first_flat === true,
});
const packaged = (input: Package): PackagePrice => ({
  model: 'package',
  amount: input.package_price,
  size: input.package_size,
  freeUnits: input.free_units ?? '0',
});
const perUnit = (unitAmount: string): PerUnitPrice => ({ model: 'per_unit', unitAmount });

const given = (value: string | null | undefined): value is string =>
  value !== null && value !== undefined && !decimal(value).isZero;
const percentage = (input: Percentage): PercentagePrice => ({
  model: 'percentage',
  rate: input.rate_percent,
  fixedAmount: input.fixed_per_event,
  ...(given(input.free_amount) ? { freeUnits: input.free_amount } : {}),
  ...(given(input.free_events) ? { freeEvents: input.free_events } : {}),
  ...(input.min === undefined ? {} : { eventMinimum: input.min ?? '0' }),
  ...(given(input.max) ? { eventMaximum: input.max } : {}),
});

const MODES = { ceil: 'up', floor: 'down', round: 'half_up' } as const;
const conversion = ({ factor, rounding, usage_discount: freeUnits }: Conversion): UnitConversion => ({
  divideBy: factor,
  ...(rounding === 'none' ? {} : { rounding: { mode: MODES[rounding], digits: 0 } }),
  ...(freeUnits === undefined ? {} : { freeUnits }),
});

/** So many blocks of a size, then those of the next one. The last tier takes what is left. */
const blocks = ({ tiers }: Blocks): Tier[] => {
  let end = Decimal.zero;
  return tiers.map(({ block_size: blockSize, max_blocks: blocks, block_price: unitAmount }, index) => {
    if (blocks !== null) end = end.plus(decimal(blockSize).times(decimal(blocks)));
    const isLast = blocks === null || index === tiers.length - 1;
    return { upTo: isLast ? null : end.toString(), unitAmount, blockSize };
  });
};

/** A price sold by itself, of which no more is billed than the maximum. */
const capped = (maximum: string): PerUnitPrice => ({ ...perUnit('1'), maximum });

const DIGITS = 2;

export const tiers: Adapters = {
  graduated: adapter<Tiers & Quantity>((input) => amountOf(tiered('graduated', input), input.quantity)),
  volume: adapter<Tiers & Quantity>((input) => amountOf(tiered('volume', input), input.quantity)),
  package: adapter<Package & Quantity>((input) => amountOf(packaged(input), input.quantity)),
  per_unit: adapter<Quantity & { unit_price: string }>((input) => amountOf(perUnit(input.unit_price), input.quantity)),
  percentage: adapter<Percentage & { amount: string; events: string }>((input) => ({
    amount: rate(percentage(input), decimal(input.amount), { events: Number(input.events) }).amount,
  })),
  percentage_minmax: adapter<Percentage & { event_amounts: string[] }>((input) => ({
    amount: rate(percentage(input), Decimal.zero, { values: input.event_amounts.map(decimal) }).amount,
  })),
  graduated_percentage: adapter<{
    tiers: { up_to: string | null; rate_percent: string; flat: string }[];
    amount: string;
    zero_usage_bills_first_flat: boolean;
  }>((input) => {
    const rates = input.tiers.map((one): RateTier => ({
      upTo: one.up_to,
      rate: one.rate_percent,
      flatAmount: one.flat,
    }));
    const flatFeeOnZero = input.zero_usage_bills_first_flat;
    return amountOf({ model: 'graduated_percentage', tiers: rates, flatFeeOnZero }, input.amount);
  }),
  graduated_tier_units: adapter<{ lower: string; upper: string | null; unit: string; flat: string; total: string }>(
    ({ lower, upper, unit, flat, total }) => {
      const bounds = { above: decimal(lower), upTo: upper === null ? null : decimal(upper) };
      const units = unitsWithin(bounds, decimal(total));
      return { units, amount: tierStep({ unitAmount: decimal(unit), flatAmount: decimal(flat) }, 1, units).amount };
    },
  ),
  graduated_prorated_levels: adapter<Tiers & { level_changes: number[]; prorated_weights: string[] }>((input) => {
    const changes = input.level_changes.map((change, index) => ({
      change: decimal(change),
      weight: fractionOf(decimal(input.prorated_weights[index]!)),
    }));
    const { amount } = rateProratedLevels(tiered('graduated', input), changes);
    return { amount_rounded_2: amount.rounded(DIGITS, 'half_up') };
  }),
  volume_prorated: adapter<Tiers & { full_quantity: string; prorated_quantity: string }>((input) => ({
    amount: rateProratedVolume(tiered('volume', input), decimal(input.full_quantity), decimal(input.prorated_quantity))
      .amount,
  })),
  kb_blocks_all_tiers: adapter<Blocks & Quantity>((input) => {
    const { amount, steps } = rate({ model: 'graduated', tiers: blocks(input) }, decimal(input.quantity));
    return { per_tier: steps.map((step) => step.amount), amount };
  }),
  kb_blocks_top_tier: adapter<Blocks & Quantity>((input) =>
    amountOf({ model: 'volume', tiers: blocks(input) }, input.quantity),
  ),
  usage_delta_blocks: adapter<{ usages: string[]; block_size: string; block_price: string; already_billed: string }>(
    (input) => {
      const used = aggregateValues('sum', input.usages);
      const price = packaged({ package_size: input.block_size, package_price: input.block_price });
      const { amount } = rate(price, used);
      return { total: amount, to_bill: amount.minus(decimal(input.already_billed)) };
    },
  ),
  graduated_delta: adapter<Tiers & Quantity & { previous: string }>((input) => ({
    amount: billedUsage(tiered('graduated', input), [input.previous, input.quantity])[1],
  })),
  package_delta: adapter<Package & Quantity & { previous: string }>((input) => ({
    amount: billedUsage(packaged(input), [input.previous, input.quantity])[1],
  })),
  multiply_round: adapter<Quantity & { multiplier: string; decimals: number }>((input) => ({
    amount: billedUsage(perUnit(input.multiplier), [input.quantity], input.decimals)[0],
  })),
  multiply_round_delta: adapter<Quantity & { previous: string; multiplier: string; decimals: number }>((input) => ({
    amount: billedUsage(perUnit(input.multiplier), [input.previous, input.quantity], input.decimals)[1],
  })),
  minimum_top_up: adapter<{ billed: string; minimum: string }>(({ billed, minimum }) => ({
    top_up: rate({ ...perUnit(billed), minimum }, Decimal.one).steps.find(({ limit }) => limit)?.amount ?? '0',
  })),
  maximum_cap: adapter<{ billed_before: string; line_amounts: string[]; maximum: string }>((input) => {
    const [, ...net] = billedUsage(capped(input.maximum), [input.billed_before, ...input.line_amounts]);
    return { discounts: input.line_amounts.map((amount, index) => decimal(amount).minus(net[index]!)), net };
  }),
  discount_then_cap: adapter<{ billed_before: string; gross: string; discount_percent: string; maximum: string }>(
    (input) => {
      const discount = percentOf(decimal(input.gross), decimal(input.discount_percent));
      const left = decimal(input.gross).minus(discount);
      const [, net] = billedUsage(capped(input.maximum), [input.billed_before, left.toString()]);
      return { discount, cap_discount: left.minus(net!), net };
    },
  ),
  convert_then_price: adapter<Conversion & { raw: string; unit_price: string }>((input) => ({
    billed_units: convertedUnits(decimal(input.raw), conversion(input)),
    ...amountOf({ ...perUnit(input.unit_price), conversion: conversion(input) }, input.raw),
  })),
  convert_delta: adapter<Conversion & { raw: string; previous: string; unit_price: string }>((input) => {
    const price = { ...perUnit(input.unit_price), conversion: conversion(input) };
    return {
      per_line_amount: rate(price, decimal(input.raw)).amount,
      cumulative_amount: billedUsage(price, [input.previous, input.raw])[1],
    };
  }),
  convert_then_graduated: adapter<Conversion & Tiers & { raw: string }>((input) =>
    amountOf({ ...tiered('graduated', input), conversion: conversion(input) }, input.raw),
  ),
};
