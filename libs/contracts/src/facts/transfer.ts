import type { LedgerCode } from '#ledger';
import { Type } from 'typebox';
import { fact } from './fact.js';
import type { HeldIn } from './held.js';
import { exampleId, PublicMoney, publicMoney, usd } from './public-shapes.js';
import { closed, Count, DateText, IdText, InstantText, MoneyShape, OneOf, TimerShape } from './shapes.js';

const transferId = IdText('tfr');
const pendingId = transferId;

const CauseType = OneOf('invoice', 'payment', 'refund', 'transfer', 'credit_note', 'recognition', 'wallet_grant');
const Cause = Type.Object({ type: CauseType, id: Type.String({ maxLength: 64 }) }, closed);

/** Only of transfers that were asked for. */
const Flags = Type.Array(
  OneOf(
    'linked',
    'pending',
    'post_pending',
    'void_pending',
    'balancing_debit',
    'balancing_credit',
    'closing_debit',
    'closing_credit',
  ),
  { maxItems: 8 },
);

/** Another ledger account is no other shape: what decides and what folds know the chart. */
const CodeOfLedger = Type.Unsafe<LedgerCode>(
  Type.String({ pattern: '^[a-z][a-z_]{0,63}$', description: 'Of the chart of ledger accounts' }),
);
const sides = { debit: CodeOfLedger, credit: CodeOfLedger, amount: MoneyShape, bookedOn: DateText };
const transfer = {
  transferId,
  ...sides,
  cause: Cause,
  rule: Type.String({ maxLength: 64, description: 'The posting rule that booked it' }),
};

const example = exampleId('tfr');
const moved = {
  debit: Type.String({ description: 'Code of the ledger account' }),
  credit: Type.String({ description: 'Code of the ledger account' }),
  amount: PublicMoney,
  bookedOn: DateText,
};
const movedExample = { debit: 'receivable', credit: 'revenue', amount: usd('24.55'), bookedOn: '2026-02-01' };
const PublicCause = Type.Object({ type: CauseType, id: Type.String() }, { description: 'What it was booked for' });
const causeExample = { type: 'invoice', id: exampleId('inv') } as const;

const movedOf = ({ debit, credit, amount, bookedOn }: HeldIn<typeof sides>) => ({
  debit,
  credit,
  amount: publicMoney(amount),
  bookedOn,
});
/** What an accounting system of the tenant copies. */
export const transferFacts = {
  TransferPosted: fact(
    'One debit and one credit of one amount. Never edited.',
    { ...transfer, flags: Type.Optional(Flags) },
    'bookedOn',
  ).toldAs({
    type: 'transfer.posted',
    means: 'One debit and one credit of one amount are in the books of an account.',
    shape: Type.Object({ transferId, ...moved, cause: PublicCause }),
    example: { transferId: example, ...movedExample, cause: causeExample },
    tell: ({ transferId, cause: { type, id }, ...fact }) => ({ transferId, ...movedOf(fact), cause: { type, id } }),
  }),
  TransferPended: fact(
    'An amount is reserved on both sides, and not moved yet.',
    {
      ...transfer,
      flags: Flags,
      timeoutSeconds: Count,
      /** Without it, it waits for ever. */
      expiresAt: Type.Optional(InstantText),
      timer: Type.Optional(TimerShape),
    },
    'bookedOn',
  ).toldAs({
    type: 'transfer.pended',
    means: 'An amount is reserved on both sides, and not moved yet.',
    shape: Type.Object({ transferId, ...moved, cause: PublicCause, expiresAt: Type.Optional(InstantText) }),
    example: { transferId: example, ...movedExample, cause: causeExample, expiresAt: '2026-02-08T00:00:00Z' },
    tell: ({ transferId, cause: { type, id }, expiresAt, ...fact }) => ({
      transferId,
      ...movedOf(fact),
      cause: { type, id },
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }),
  }),
  PendingTransferPosted: fact(
    'Of what was reserved the amount moves, and the rest is given back.',
    { ...transfer, flags: Flags, pendingId, reserved: MoneyShape },
    'bookedOn',
  ).toldAs({
    type: 'transfer.pending_posted',
    means: 'Of what was reserved the amount moves, and the rest is given back.',
    shape: Type.Object({ transferId, pendingId, ...moved, reserved: PublicMoney }),
    example: { transferId: example, pendingId: example, ...movedExample, reserved: usd('30.00') },
    tell: ({ transferId, pendingId, reserved, ...fact }) => ({
      transferId,
      pendingId,
      ...movedOf(fact),
      reserved: publicMoney(reserved),
    }),
  }),
  PendingTransferVoided: fact(
    'What was reserved is given back, because somebody said so.',
    { ...transfer, flags: Flags, pendingId },
    'bookedOn',
  ).toldAs({
    type: 'transfer.pending_voided',
    means: 'What was reserved is given back, because somebody said so.',
    shape: Type.Object({ transferId, pendingId, ...moved }),
    example: { transferId: example, pendingId: example, ...movedExample },
    tell: ({ transferId, pendingId, ...fact }) => ({ transferId, pendingId, ...movedOf(fact) }),
  }),
  PendingTransferExpired: fact(
    'What was reserved is given back, because its time is over.',
    { pendingId, ...sides },
    'bookedOn',
  ).toldAs({
    type: 'transfer.pending_expired',
    means: 'What was reserved is given back, because its time is over.',
    shape: Type.Object({ pendingId, ...moved }),
    example: { pendingId: example, ...movedExample },
    tell: ({ pendingId, ...fact }) => ({ pendingId, ...movedOf(fact) }),
  }),
};
