import { describe, expect, it } from '@jest/globals';
import { acceptedType } from './served-types.js';

const JSON_AND_CSV = ['application/json', 'text/csv'];

describe('what a caller accepts', () => {
  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['application/json', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['application/json; charset=utf-8', 'application/json'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['text/csv', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['text/csv;q=0.5, application/json', 'application/json'],
    ['text/csv, */*;q=0.1', 'text/csv'],
    ['application/json;q=0, */*', 'text/csv'],
    ['TEXT/CSV; charset=utf-8', 'text/csv'],
    ['text/csv, */*', 'text/csv'],
    ['text/csv, application/json', 'text/csv'],
    ['application/json, text/csv', 'application/json'],
    ['text/csv;q=0, */*', 'application/json'],
    ['text/csv; header="a, b"; q=0.2, application/json;q=0.1', 'text/csv'],
    ['application/xml', undefined],
    ['text/html', undefined],
    ['application/json;q=0', undefined],
    ['application/json;q=0, text/csv;q=0', undefined],
    ['*/*;q=0', undefined],
    ['nonsense', undefined],
  ])('by %j is answered with %s', (accept, expected) => expect(acceptedType(accept, JSON_AND_CSV)).toBe(expected));
});
