import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import {
  averageRevenuePerAccount,
  daysSalesOutstanding,
  grossRevenueRetention,
  lifetimeValue,
  netRevenueRetention,
  quickRatio,
  ratio,
} from './rates.js';

const of = (text: string): Decimal => Decimal.parse(text);

describe('rates', () => {
  const period = { opening: of('10000'), expansion: of('500'), contraction: of('250'), churn: of('700') };

  it.each([
    ['gross retention', grossRevenueRetention(period), '0.905'],
    ['net retention', netRevenueRetention(period), '0.955'],
    ['the quick ratio', quickRatio([of('2000'), of('300'), of('500')], [of('250'), of('700')]), '2.9474'],
    ['revenue per account', averageRevenuePerAccount(of('12500'), of('150')), '83.3333'],
    ['lifetime value', lifetimeValue(of('50'), of('0.04')), '1250'],
    ['lifetime value at a margin', lifetimeValue(of('50'), of('0.04'), of('0.8')), '1000'],
    ['days sales outstanding', daysSalesOutstanding(of('95'), of('300'), 90), '28.5'],
    ['nothing over nothing', ratio(of('1'), of('0')), '0'],
  ])('%s is right', (_name, found, expected) => {
    expect(found.toString()).toBe(expected);
  });
});
