import { DomainError } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { CONTENTION, failureOf } from './failure.js';

describe('why an account could not be billed', () => {
  it('says whether that is about the account, or only about the moment', () => {
    const away = new DomainError('tax_not_known', 'The service does not answer.', 'unavailable');
    expect(failureOf(away)).toEqual({ code: 'tax_not_known', detail: away.message, kind: 'unavailable' });
    expect(CONTENTION.kind).toBe('unavailable');
    expect(failureOf(new Error('Broken.'))).toEqual({ code: 'internal_error', detail: 'Broken.', kind: 'refused' });
  });
});
