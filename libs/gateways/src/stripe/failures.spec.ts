import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '#kernel';
import { failureOf, type SaidFailure } from './failures.js';

const AT = parseInstant('2026-01-31T09:30:00Z');

describe('a failure', () => {
  it.each<[SaidFailure, string]>([
    [{ code: 'card_declined', decline_code: 'insufficient_funds' }, 'soft'],
    [{ code: 'card_declined', decline_code: 'of_tomorrow' }, 'soft'],
    [{ code: 'card_declined', decline_code: 'insufficient_funds', advice_code: 'do_not_try_again' }, 'hard'],
    [{ code: 'card_declined', decline_code: 'do_not_honor', network_advice_code: '03' }, 'hard'],
    [{ code: 'card_declined', decline_code: 'do_not_honor', network_advice_code: '02' }, 'soft'],
    [{ code: 'card_declined', decline_code: 'pickup_card' }, 'hard'],
    [{ code: 'card_declined', decline_code: 'issuer_not_available' }, 'gateway'],
    [{ code: 'expired_card', decline_code: '' }, 'hard'],
    [{ code: 'incorrect_cvc', decline_code: 'processing_error' }, 'hard'],
    [{ code: 'authentication_required', decline_code: 'authentication_required' }, 'authentication'],
    [{ code: 'payment_intent_authentication_failure' }, 'authentication'],
    [{ code: 'debit_not_authorized' }, 'hard'],
    [{ code: 'amount_too_large' }, 'configuration'],
    [{}, 'soft'],
  ])('of %j is %s', (said, category) => {
    expect(failureOf(said, AT)).toMatchObject({ category });
  });

  it('says what was said, and no empty code', () => {
    expect(failureOf({ code: 'expired_card', decline_code: '', advice_code: null }, AT)).toEqual({
      category: 'hard',
      code: 'expired_card',
    });
  });

  it.each([
    ['24', '2026-01-31T10:30:00Z'],
    ['25', '2026-02-01T09:30:00Z'],
    ['30', '2026-02-10T09:30:00Z'],
    ['99', undefined],
  ])('with the advice %s is not tried again before %s', (advice, before) => {
    const said = { code: 'card_declined', decline_code: 'insufficient_funds', network_advice_code: advice };
    expect(failureOf(said, AT).retryNotBefore).toBe(before);
  });
});
