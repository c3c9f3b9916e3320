import { Type } from 'typebox';
import { DateText, IdText, InstantText } from '../events/shapes.js';
import { told, type StoredFact } from './public-event.js';
import { exampleId, PublicMoney, publicMoney, usd } from './public-shapes.js';

const transferId = IdText('tfr');
const pendingId = IdText('tfr');
const transfer = exampleId('tfr');

const moved = {
  debit: Type.String({ description: 'Code of the ledger account' }),
  credit: Type.String({ description: 'Code of the ledger account' }),
  amount: PublicMoney,
  bookedOn: DateText,
};
const movedExample = { debit: 'receivable', credit: 'revenue', amount: usd('24.55'), bookedOn: '2026-02-01' };

const Cause = Type.Object(
  {
    type: Type.Union([
      Type.Literal('invoice'),
      Type.Literal('payment'),
      Type.Literal('refund'),
      Type.Literal('transfer'),
    ]),
    id: Type.String(),
  },
  { description: 'What it was booked for' },
);
const causeExample = { type: 'invoice', id: exampleId('inv') } as const;

type Moved = Pick<StoredFact<'TransferPosted'>, 'debit' | 'credit' | 'amount' | 'bookedOn'>;

const movedOf = ({ debit, credit, amount, bookedOn }: Moved) => ({
  debit,
  credit,
  amount: publicMoney(amount),
  bookedOn,
});

/** What an accounting system of the tenant copies. */
export const publicTransferEvents = {
  TransferPosted: told(
    'TransferPosted',
    'transfer.posted',
    'One debit and one credit of one amount are in the books of an account.',
    Type.Object({ transferId, ...moved, cause: Cause }),
    { transferId: transfer, ...movedExample, cause: causeExample },
    ({ transferId, cause: { type, id }, ...fact }) => ({ transferId, ...movedOf(fact), cause: { type, id } }),
  ),
  TransferPended: told(
    'TransferPended',
    'transfer.pended',
    'An amount is reserved on both sides, and not moved yet.',
    Type.Object({ transferId, ...moved, cause: Cause, expiresAt: Type.Optional(InstantText) }),
    { transferId: transfer, ...movedExample, cause: causeExample, expiresAt: '2026-02-08T00:00:00Z' },
    ({ transferId, cause: { type, id }, expiresAt, ...fact }) => ({
      transferId,
      ...movedOf(fact),
      cause: { type, id },
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }),
  ),
  PendingTransferPosted: told(
    'PendingTransferPosted',
    'transfer.pending_posted',
    'Of what was reserved the amount moves, and the rest is given back.',
    Type.Object({ transferId, pendingId, ...moved, reserved: PublicMoney }),
    { transferId: transfer, pendingId: transfer, ...movedExample, reserved: usd('30.00') },
    ({ transferId, pendingId, reserved, ...fact }) => ({
      transferId,
      pendingId,
      ...movedOf(fact),
      reserved: publicMoney(reserved),
    }),
  ),
  PendingTransferVoided: told(
    'PendingTransferVoided',
    'transfer.pending_voided',
    'What was reserved is given back, because somebody said so.',
    Type.Object({ transferId, pendingId, ...moved }),
    { transferId: transfer, pendingId: transfer, ...movedExample },
    ({ transferId, pendingId, ...fact }) => ({ transferId, pendingId, ...movedOf(fact) }),
  ),
  PendingTransferExpired: told(
    'PendingTransferExpired',
    'transfer.pending_expired',
    'What was reserved is given back, because its time is over.',
    Type.Object({ pendingId, ...moved }),
    { pendingId: transfer, ...movedExample },
    ({ pendingId, ...fact }) => ({ pendingId, ...movedOf(fact) }),
  ),
};
