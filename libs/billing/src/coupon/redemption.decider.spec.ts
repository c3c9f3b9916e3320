import { anId, at, givenFor } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { redemptionDecider, type RedemptionCommand } from './redemption.decider.js';

const given = givenFor(redemptionDecider);

const lapsesAt = at('2026-01-01T00:15:00Z');
const redemption = (number: number) => ({
  coupon: 'LAUNCH',
  discountId: anId('dsc', number),
  accountId: anId('acc', number),
});
const reserve = (number: number, most: number | null = 2): RedemptionCommand => ({
  type: 'ReserveRedemption',
  redemption: redemption(number),
  most,
  lapsesAt,
});
const end = (type: 'ConfirmRedemption' | 'ReleaseRedemption', number: number): RedemptionCommand => ({
  type,
  discountId: anId('dsc', number),
});

describe('the redemptions of a coupon', () => {
  it('are reserved for a while, and then confirmed or released', () => {
    given()
      .when(reserve(1))
      .then({
        type: 'RedemptionReserved',
        data: { ...redemption(1), timer: { key: `redemption:${anId('dsc', 1)}`, dueAt: lapsesAt, generation: 1 } },
      });
    const reserved = given().after(reserve(1));
    reserved.when(end('ConfirmRedemption', 1)).then({ type: 'RedemptionConfirmed', data: redemption(1) });
    reserved.when(end('ReleaseRedemption', 1)).then({ type: 'RedemptionReleased', data: redemption(1) });
  });

  it('happen once, whatever is asked again', () => {
    given().after(reserve(1)).when(reserve(1)).thenNothing();
    const confirmed = given().after(reserve(1), end('ConfirmRedemption', 1));
    for (const command of [reserve(1), end('ConfirmRedemption', 1), end('ReleaseRedemption', 1)])
      confirmed.when(command).thenNothing();
    given().when(end('ReleaseRedemption', 1)).thenNothing();
    expect(confirmed.state.confirmed.size).toBe(1);
  });

  it('are no more than the coupon allows, and those that are released are there again', () => {
    const full = given().after(reserve(1), end('ConfirmRedemption', 1), reserve(2));
    full.when(reserve(3)).thenRefused('coupon_exhausted', '/coupon');
    expect(full.when(reserve(3, null)).facts).toHaveLength(1);
    expect(full.after(end('ReleaseRedemption', 2)).when(reserve(3)).facts).toHaveLength(1);
  });
});
