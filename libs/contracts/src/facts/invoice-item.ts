import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { LineDiscounts } from './discount-shapes.js';
import { Recognition } from './invoice-shapes.js';
import { exampleId, usd } from './public-shapes.js';
import { closed, DecimalText, IdText, InstantText, MetadataShape, MoneyShape, OneOf } from './shapes.js';
import { PercentText, TaxClass } from './tax-shapes.js';

const Reason = Type.String({ minLength: 1, maxLength: 1024 });

const Item = {
  itemId: IdText('itm'),
  description: Type.String({ maxLength: 256 }),
  quantity: DecimalText,
  /** In major units; absent where the amount was named as a whole. */
  unitAmount: Type.Optional(DecimalText),
  /** What discounts leave of it. */
  amount: MoneyShape,
  discounts: Type.Optional(LineDiscounts),
  taxClass: Type.Optional(TaxClass),
  metadata: MetadataShape,
  addedAt: InstantText,
};

/** Says what is owed once, for an item that somebody added. Nothing rates it: it is as it was added. */
export const ItemLine = Type.Object(
  {
    lineId: IdText('lin'),
    kind: Type.Literal('one_off'),
    ...Item,
    /** Why somebody added it to a draft. */
    reason: Type.Optional(Reason),
    /** The line that it brings to another amount: what that puts off, it puts off, too. */
    adjusts: Type.Optional(IdText('lin')),
    recognition: Type.Optional(Recognition),
  },
  closed,
);
export type ItemLine = Held<typeof ItemLine>;

/** A percentage of each line, or an amount of all of them together. */
const TakenOffDraft = Type.Object(
  { percent: Type.Optional(PercentText), amount: Type.Optional(MoneyShape) },
  { ...closed, minProperties: 1, maxProperties: 1 },
);
export type TakenOffDraft = Held<typeof TakenOffDraft>;

/** Which draft somebody added it to, and why. */
const ByHand = Type.Object(
  {
    invoiceId: IdText('inv'),
    reason: Reason,
    /** It brings this line to an amount, however often the draft is rated again. */
    adjusts: Type.Optional(Type.Object({ lineId: IdText('lin'), to: MoneyShape }, closed)),
    /** It takes so much off the lines of the draft, however often that is rated again. */
    takesOff: Type.Optional(TakenOffDraft),
  },
  closed,
);
export type ByHand = Held<typeof ByHand>;

export const invoiceItemFacts = {
  InvoiceItemAdded: fact(
    'Something is charged or credited once, by the next invoice or by one of its own.',
    {
      ...Item,
      on: OneOf('next_invoice', 'own_invoice'),
      draft: Type.Optional(ByHand),
    },
    'addedAt',
  ).told({
    type: 'invoice_item.added',
    means: 'Something is charged or credited once, by the next invoice or by one of its own.',
    fields: ['itemId', 'amount', 'on'],
    as: { itemId: 'invoiceItemId' },
    example: { invoiceItemId: exampleId('itm'), amount: usd('150.00'), on: 'next_invoice' },
  }),
  InvoiceItemRemoved: fact('An item that no invoice bills is not to be billed.', { itemId: IdText('itm') }).told({
    type: 'invoice_item.removed',
    means: 'An item that no invoice bills is not to be billed.',
    fields: ['itemId'],
    as: { itemId: 'invoiceItemId' },
    example: { invoiceItemId: exampleId('itm') },
  }),
};
