import { Type } from 'typebox';
import { closed, Count, IdText, InstantText, MoneyShape, Text } from './shapes.js';
import { storedEvent } from './stored-event.js';

export const billingRunEvents = {
  BillingRunStarted: storedEvent(
    'Bills everything due up to an instant.',
    Type.Object(
      {
        runId: IdText('run'),
        billThrough: InstantText,
        accounts: Type.Optional(Type.Array(IdText('acc'), { maxItems: 1000 })),
      },
      closed,
    ),
    'billThrough',
  ),
  AccountBillingFailed: storedEvent(
    'The run went on without this account.',
    Type.Object(
      { runId: IdText('run'), accountId: IdText('acc'), code: Type.String({ maxLength: 128 }), detail: Text() },
      closed,
    ),
  ),
  BillingRunCompleted: storedEvent(
    'What the run did.',
    Type.Object(
      {
        runId: IdText('run'),
        accounts: Type.Object({ due: Count, billed: Count, failed: Count }, closed),
        invoices: Count,
        totals: Type.Array(MoneyShape),
      },
      closed,
    ),
  ),
};
