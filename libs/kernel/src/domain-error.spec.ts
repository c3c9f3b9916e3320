import { describe, expect, it } from '@jest/globals';
import { DomainError, notFound, refuse, refuseAt } from './domain-error.js';

const refusalOf = (refusing: () => never): DomainError => {
  try {
    return refusing();
  } catch (error) {
    return error as DomainError;
  }
};

describe('a refusal', () => {
  it('is a code, a sentence and a kind', () => {
    const error = refusalOf(() => refuse('plan_archived', 'The plan is archived.'));
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({
      code: 'plan_archived',
      message: 'The plan is archived.',
      kind: 'refused',
      violations: [],
    });
  });

  it('may name the place', () => {
    const error = refusalOf(() => refuseAt('/key', 'taken', 'There is one already.', 'conflict'));
    const violation = { pointer: '/key', code: 'taken', message: 'There is one already.' };
    expect(error).toMatchObject({ code: 'taken', kind: 'conflict', violations: [violation] });
  });

  it('says what is not there, however long its name', () => {
    const error = refusalOf(() => notFound('billing_run', 'x'.repeat(10_000)));
    expect(error).toMatchObject({ code: 'billing_run_not_found', kind: 'not_found' });
    expect(error.message.length).toBeLessThan(200);
  });
});
