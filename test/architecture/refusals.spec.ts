import { describe, expect, it } from '@jest/globals';
import { PROBLEM_DETAILS } from '../../apps/server/src/documentation/problem-codes.js';
import { sources } from '../house/sources.js';
import { refusedIn, unexplained, unused } from './refusals.js';

const { product } = sources();

describe('what the sources refuse with', () => {
  it('is explained in a sentence', () => {
    expect(refusedIn(product).length).toBeGreaterThan(300);
    expect(unexplained(product, PROBLEM_DETAILS)).toEqual([]);
  });

  it('is all that is explained', () => expect(unused(product, PROBLEM_DETAILS)).toEqual([]));

  it.each([
    ["refuse('planted', 'No.')", 'planted'],
    ["refuseAt(`/a/${nth(1, 2)}`, isOpen ? 'planted' : 'invoice_not_open', 'No.')", 'planted'],
    ["throw new DomainError('planted', 'No.')", 'planted'],
    ["found ?? notFound('planted', id)", 'planted_not_found'],
    ["violation('/amount', 'planted', 'No.')", 'planted'],
    ["const refusal = { code: 'planted', message: 'No.' }", 'planted'],
  ])('is missed where it is not explained: %s', (text, code) => {
    const path = 'libs/billing/src/invoice/planted.ts';
    expect(unexplained([{ path, text }], PROBLEM_DETAILS)).toEqual([
      `${path}: “${code}” has no sentence; put one into the refusals of its noun`,
    ]);
  });

  it('is missed where it is explained alone', () =>
    expect(unused(product, { ...PROBLEM_DETAILS, planted: 'No.' })).toEqual(['planted']));
});
