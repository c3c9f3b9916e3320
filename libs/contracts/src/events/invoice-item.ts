import { Type } from 'typebox';
import { closed, DecimalText, IdText, InstantText, MoneyShape, RecordOf } from './shapes.js';
import { storedEvent } from './stored-event.js';

export const Recognition = Type.Object(
  {
    method: Type.Union([Type.Literal('immediate'), Type.Literal('straight_line')]),
    start: InstantText,
    end: InstantText,
  },
  closed,
);
const Reason = Type.String({ minLength: 1, maxLength: 1024 });

const Metadata = RecordOf(Type.String({ maxLength: 1024 }));
const Item = {
  itemId: IdText('itm'),
  description: Type.String({ maxLength: 256 }),
  quantity: DecimalText,
  unitAmount: Type.Optional(DecimalText),
  amount: MoneyShape,
  metadata: Metadata,
  addedAt: InstantText,
};
export const ItemLine = Type.Object(
  {
    lineId: IdText('lin'),
    kind: Type.Literal('one_off'),
    ...Item,
    reason: Type.Optional(Reason),
    adjusts: Type.Optional(IdText('lin')),
    recognition: Type.Optional(Recognition),
  },
  closed,
);
const ByHand = Type.Object(
  {
    invoiceId: IdText('inv'),
    reason: Reason,
    adjusts: Type.Optional(Type.Object({ lineId: IdText('lin'), to: MoneyShape }, closed)),
  },
  closed,
);

export const invoiceItemEvents = {
  InvoiceItemAdded: storedEvent(
    'Something is charged or credited once, by the next invoice or by one of its own.',
    Type.Object(
      {
        ...Item,
        on: Type.Union([Type.Literal('next_invoice'), Type.Literal('own_invoice')]),
        draft: Type.Optional(ByHand),
      },
      closed,
    ),
    'addedAt',
  ),
  InvoiceItemRemoved: storedEvent(
    'An item that no invoice bills is not to be billed.',
    Type.Object({ itemId: IdText('itm') }, closed),
  ),
};
