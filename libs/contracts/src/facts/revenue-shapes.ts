import { Type } from 'typebox';
import type { Held } from './held.js';
import { closed, MoneyShape } from './shapes.js';

export const MonthText = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'A calendar month' });

const Part = Type.Object(
  {
    /** In which it counts as earned. */
    month: MonthText,
    /** In which it was served, where that was booked already: what comes later counts in the next one. */
    servedIn: Type.Optional(MonthText),
    amount: MoneyShape,
  },
  closed,
);
export type RevenuePart = Held<typeof Part>;

/** What a document says of revenue, without taxes: the differences that it makes to what was told before, by month. */
export const RevenueShape = Type.Object(
  {
    /** Put off until its month is booked. */
    deferred: Type.Array(Part),
    /** Booked as revenue with the document. */
    earned: Type.Array(Part),
    /** Accrued for the services that it bills, and so in months that are booked: no part of the above. */
    accrued: Type.Optional(MoneyShape),
  },
  closed,
);
export type Revenue = Held<typeof RevenueShape>;
