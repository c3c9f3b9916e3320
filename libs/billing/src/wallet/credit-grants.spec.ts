import { Decimal } from '#kernel';
import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { burnCredit, type CreditBurn, type CreditGrant } from './credit-grants.js';

const day = (date: number, hour = 0) =>
  at(`2026-01-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`);
const decimal = (value: number) => Decimal.of(value);

const grant = (id: string, fields: Partial<CreditGrant> = {}): CreditGrant => ({
  id,
  amount: decimal(100),
  priority: 1,
  effectiveAt: day(1),
  expiresAt: null,
  voidedAt: null,
  recurs: null,
  rolloverMinimum: Decimal.zero,
  rolloverMaximum: Decimal.zero,
  ...fields,
});

const burnt = (parts: Partial<CreditBurn>) => {
  const { balances, overage } = burnCredit({
    start: day(1),
    until: day(31),
    grants: [],
    usage: [],
    resets: [],
    preserveOverage: false,
    openingBalances: new Map(),
    ...parts,
  });
  return [Object.fromEntries([...balances].map(([id, balance]) => [id, balance.toString()])), overage.toString()];
};

const used = (date: number, value: number) => ({ at: day(date, 1), value: decimal(value) });

describe('credit', () => {
  it('is burnt by priority, then by what expires first, then by id', () => {
    const grants = [grant('d'), grant('c'), grant('b', { expiresAt: day(30) }), grant('a', { priority: 0 })];
    expect(burnt({ grants, usage: [used(2, 310)], until: day(3) })).toEqual([{ a: '0', b: '0', c: '0', d: '90' }, '0']);
  });

  it('leaves what it cannot cover to the next credit there is', () => {
    const grants = [grant('a', { effectiveAt: day(5) })];
    expect(burnt({ grants, usage: [used(2, 30)], until: day(4) })).toEqual([{ a: '0' }, '30']);
    expect(burnt({ grants, usage: [used(2, 30)] })).toEqual([{ a: '70' }, '0']);
  });

  it('ends as it expires or is voided', () => {
    const grants = [grant('a', { expiresAt: day(5) }), grant('b', { expiresAt: day(20), voidedAt: day(4) })];
    expect(burnt({ grants, usage: [used(6, 10)] })).toEqual([{ a: '0', b: '0' }, '10']);
  });

  it('that recurs is filled up at every turn', () => {
    const recurs = { interval: { unit: 'week', count: 1 }, anchor: day(1) } as const;
    expect(burnt({ grants: [grant('a', { recurs })], usage: [used(2, 60), used(9, 10)], until: day(10) })).toEqual([
      { a: '90' },
      '0',
    ]);
  });

  it('rolls over at a reset within its bounds, and overage with it if it is kept', () => {
    const grants = [grant('a', { rolloverMinimum: decimal(20), rolloverMaximum: decimal(50) })];
    const resets = [day(10)];
    expect(burnt({ grants, resets })).toEqual([{ a: '50' }, '0']);
    expect(burnt({ grants, resets, usage: [used(2, 105)] })).toEqual([{ a: '20' }, '0']);
    expect(burnt({ grants, resets, usage: [used(2, 105)], preserveOverage: true })).toEqual([{ a: '15' }, '0']);
  });

  it('begins with what was left of it', () => {
    expect(burnt({ grants: [grant('a')], openingBalances: new Map([['a', decimal(7)]]) })).toEqual([{ a: '7' }, '0']);
  });
});
