import { anId, on } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { formatted, numbersAssigned } from './numbering.js';

describe('a number', () => {
  it.each([
    ['INV-{sequence:6}', 42, 'INV-000042'],
    ['INV-{year}-{sequence:5}', 42, 'INV-2026-00042'],
    ['{sequence}', 42, '42'],
    ['{sequence:3}', 12345, '12345'],
    ['{year}/{year}/{sequence:2}.{sequence}', 7, '2026/2026/07.7'],
    ['INV', 1, 'INV'],
    ['$& {sequence}', 1, '$& 1'],
  ])('of %s and %d is %s', (format, sequence, number) => {
    expect(formatted(format, sequence, on('2026-01-31'))).toBe(number);
  });

  it('counts per account and names the month', () => {
    expect(formatted('{year}{month}-{account:3}-{sequence:3}', 6, on('2026-01-31'), 27)).toBe('202601-027-006');
  });

  it('takes the year of the day of issue', () => {
    expect(formatted('{year}', 1, on('2025-12-31'))).toBe('2025');
  });
});

describe('numbers', () => {
  const request = (number: number) => ({
    documentId: anId('inv', number),
    issueDate: on('2026-01-31'),
    source: { stream: 'account-a', revision: number, eventId: `event ${number}` },
  });

  it('follow the last one without a gap, in the order asked for', () => {
    const requests = [request(3), request(1), request(2)];
    const assigned = numbersAssigned(requests, { format: 'INV-{sequence:3}', next: 9 });
    const numbers = requests.map(({ documentId, source }, index) => ({
      documentId,
      source,
      sequence: 9 + index,
      number: `INV-0${String(9 + index).padStart(2, '0')}`,
    }));
    expect(assigned).toEqual({ type: 'NumbersAssigned', data: { numbers } });
  });
});
