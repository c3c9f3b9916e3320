import { Decimal, fractionOf, timesFraction } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { overridden, type PriceOverride } from './override.js';
import type { Price } from './price.js';
import { priceViolations } from './price-rules.js';
import { rate } from './rate.js';
import type { LevelChange, RatedGroup, RatedUsage } from './rating.js';

/** The examples of docs/pricing.md: each price in JSON, and the table of what quantities cost that follows it. */
const text = readFileSync(new URL('../../../docs/pricing.md', import.meta.url), 'utf8');

interface Example {
  readonly price: Price;
  readonly discount: number | undefined;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** A price, or what was agreed of one apart from the plan. */
const pricedBy = (language: string, json: string): Pick<Example, 'price' | 'discount'> => {
  if (language === 'json') return { price: JSON.parse(json) as Price, discount: undefined };
  const { of, override } = JSON.parse(json) as { readonly of: Price; readonly override: PriceOverride };
  return { price: overridden(of, override), discount: override.discountBasisPoints };
};

const BLOCK = /```(json(?: override)?)\n([\s\S]*?)```\n\n((?:\|.*\n)+)/g;

const examples = [...text.matchAll(BLOCK)].map(([, language, json, table]): Example => {
  const [head, , ...lines] = table!.trimEnd().split('\n');
  const names = cellsOf(head!);
  const rows = lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, index) => [names[index]!, cell])));
  return { ...pricedBy(language!, json!), rows };
});

/** `model=large,region=eu:100` */
const groupOf = (cell: string): RatedGroup => {
  const [properties, quantity] = cell.split(':');
  const group = Object.fromEntries(properties!.split(',').map((one) => one.split('=') as [string, string]));
  return { group, quantity: Decimal.parse(quantity!) };
};

/** `+10:31/31 -4:12/31`: ten units for all of the period, four of them less for its last 12 of 31 days. */
const levelOf = (cell: string): LevelChange => {
  const [change, part] = cell.split(':') as [string, string];
  const [numerator, denominator] = part.split('/').map(BigInt) as [bigint, bigint];
  const moved = Decimal.parse(change.replace('+', ''));
  return { change: moved, weight: timesFraction(fractionOf(moved), { numerator, denominator }) };
};

const usageOf = ({ events, values, groups, levels }: Example['rows'][number]): RatedUsage => ({
  ...(events === undefined ? {} : { events: Number(events) }),
  ...(values === undefined ? {} : { values: values.split(' ').map((value) => Decimal.parse(value)) }),
  ...(levels === undefined ? {} : { levels: levels.split(' ').map(levelOf) }),
  ...(groups === undefined ? {} : { groups: groups.split(' ').map(groupOf) }),
});

describe('the examples of docs/pricing.md', () => {
  it('show every model', () => {
    expect(new Set(examples.map(({ price }) => price.model))).toEqual(
      new Set<Price['model']>([
        'flat',
        'per_unit',
        'graduated',
        'volume',
        'package',
        'percentage',
        'graduated_percentage',
        'committed',
        'matrix',
      ]),
    );
  });

  it.each(examples.flatMap(({ rows, ...priced }) => rows.map((row) => ({ ...priced, row }))))(
    '$price.model of $row comes out right, and its steps add up to it',
    ({ price, discount, row }) => {
      expect(priceViolations(price)).toEqual([]);
      const { amount, steps } = rate(price, Decimal.parse(row['quantity'] ?? '0'), usageOf(row), discount);
      expect(amount.toString()).toBe(row['amount']);
      const total = steps.reduce((sum, step) => sum.plus(Decimal.parse(step.amount)), Decimal.zero);
      expect(total.toString()).toBe(amount.toString());
    },
  );
});
