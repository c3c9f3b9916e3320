import type { Reading, Meter } from '#contracts';
import { isDecimal } from '#kernel';
import { addsChanges } from '../catalog/meter.js';
import { passesFilters } from './metering.js';
import { numbersOf, unroundedNumberOf } from './reading-value.js';

export interface ValueRefusal {
  /** The property that is wrong; none where it is what comes of several. */
  readonly property?: string;
  readonly code: 'invalid_decimal' | 'value_not_computable' | 'negative_value';
  readonly message: string;
}

/** Why meters would lose in silence what a reading says to them; null where they count it, or it says nothing to them. */
export const valueRefusal = (
  properties: Reading['properties'],
  meters: readonly Meter[] | undefined,
): ValueRefusal | null => {
  for (const meter of meters ?? []) {
    const refusal = refusalBy(meter, properties);
    if (refusal) return refusal;
  }
  return null;
};

const refusalBy = (meter: Meter, properties: Reading['properties']): ValueRefusal | null => {
  const names = numbersOf(meter);
  const told = names.filter((name) => Object.hasOwn(properties, name));
  const property = told.find((name) => !isDecimal(properties[name]));
  if (property !== undefined) {
    return {
      property,
      code: 'invalid_decimal',
      message: `A meter reads “${property}” as a number: this is not a plain decimal.`,
    };
  }
  if (told.length < names.length || !needsValue(meter, properties, told)) return null;
  const value = unroundedNumberOf(properties, meter);
  if (value === null) {
    const message = `Meter “${meter.key}” divides by zero, or comes to more than 24 digits.`;
    return { code: 'value_not_computable', message };
  }
  if (meter.allowNegative !== false || addsChanges(meter) || !value.isNegative) return null;
  return {
    ...(names.length === 1 ? { property: names[0]! } : {}),
    code: 'negative_value',
    message: `Meter “${meter.key}” takes nothing below zero: let it allow negative values, or amend what is wrong.`,
  };
};

/** One number without a sign needs no arithmetic: most readings have just that. */
const needsValue = (meter: Meter, properties: Reading['properties'], told: readonly string[]): boolean =>
  (meter.valueExpression !== undefined || properties[told[0]!]!.startsWith('-')) && passesFilters(properties, meter);
