import { Type } from 'typebox';
import { fact } from './fact.js';
import { exampleId, usd } from './public-shapes.js';
import { MonthText } from './revenue-shapes.js';
import { closed, DateText, IdText, MoneyShape } from './shapes.js';

export const revenueFacts = {
  RevenueRecognized: fact(
    'A month is booked: what was put off until then is earned, and what was served but not invoiced is accrued.',
    {
      recognitionId: IdText('rcg'),
      month: MonthText,
      /** All that counts in the month, also what was booked with documents. */
      recognized: MoneyShape,
      /** What of it had been put off. */
      released: MoneyShape,
      /** What documents of later days say of it, as far as they were known; below zero where they give back. */
      invoicedLater: MoneyShape,
      /** By how much what is accrued for services that no invoice bills is more, or less, than before. */
      accrued: MoneyShape,
      /** What is accrued of each from now on. */
      services: Type.Array(
        Type.Object({ service: Type.String({ minLength: 1, maxLength: 512 }), amount: MoneyShape }, closed),
      ),
      bookedOn: DateText,
    },
    'bookedOn',
  ).told({
    type: 'revenue.recognized',
    means: 'The revenue of a month is booked for an account.',
    fields: ['recognitionId', 'month', 'recognized', 'released', 'invoicedLater', 'accrued', 'bookedOn'],
    example: {
      recognitionId: exampleId('rcg'),
      month: '2026-02',
      recognized: usd('41.10'),
      released: usd('31.00'),
      invoicedLater: usd('10.10'),
      accrued: usd('0.00'),
      bookedOn: '2026-02-28',
    },
  }),
};
