import type { AccountFact, TransferFact, Fact } from '#contracts';
import {
  epochMicroseconds,
  isDerivedId,
  money,
  plusDuration,
  refuse,
  refuseAt,
  type LocalDate,
  type TransferId,
} from '#kernel';
import {
  AMOUNT_MAX,
  balanceOf,
  expireTransfers,
  moveBook,
  sameTransfer,
  submitTransfers,
  type CreatedTransfer,
  type LedgerCode,
  type LedgerView,
  type TransferRequest,
} from '#ledger';
import { openProfile } from '../account/profile.decider.js';
import type { Account } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import { moveRequestedCredit } from '../credit/standing.js';
import { settled } from '../credit/settlement.js';
import { ledgerViewOf, remember, REQUESTED, resolve } from './requested-transfer.js';
import type { TransferCommand, TransferOrder } from './transfer.commands.js';
import { refuseOutcome } from './transfer-refusal.js';
import { timerOf } from '../timer/timer.js';

type Submission = Extract<TransferCommand, { type: 'SubmitTransfers' }>;
type Expiry = Extract<TransferCommand, { type: 'ExpireTransfers' }>;

const submitted = (command: Submission, account: Account): readonly AccountFact[] => {
  const { currency } = openProfile(account);
  return settled(submit(command, account, currency, epochMicroseconds(command.now)), account, command);
};

const expire = (command: Expiry, account: Account): readonly AccountFact[] => {
  const { currency } = openProfile(account);
  const { expired: over } = expireTransfers(ledgerViewOf(account), epochMicroseconds(command.now));
  return settled(
    over.map((pending) => expired(pending, currency, command.bookedOn)),
    account,
    command,
  );
};

const submit = (
  command: Submission,
  account: Account,
  currency: string,
  now: bigint,
): (TransferFact | Fact<'TransferPosted'>)[] => {
  const ledger = ledgerViewOf(account);
  const requests = command.orders.map((order) => requestOf(order, account, currency));
  if (requests.every((request) => isSame(request, ledger))) return [];
  for (const [index, order] of command.orders.entries()) refuseReceivable(order, index, account);
  const { outcomes, expired: ended, ledger: after } = submitTransfers(ledger, requests, now);
  const broken = outcomes.findIndex((outcome) => outcome !== 'created' && outcome !== 'linked_event_failed');
  if (broken >= 0) return refuseOutcome(outcomes[broken]!, command.orders[broken]!);
  return [
    ...ended.map((pending) => expired(pending, currency, command.bookedOn)),
    ...requests.map(({ id }) => created(after.transfer(id)!, after, currency, command)),
  ];
};

/** Receivables are what invoices say: nothing else may move them, or the two would part. */
const refuseReceivable = (
  { debit, credit, flags, pendingId }: TransferOrder,
  index: number,
  { transfers }: Account,
): void => {
  const place = index === 0 ? '' : `/linked/${index - 1}`;
  const posted = flags.includes('post_pending') && pendingId !== undefined ? transfers.get(pendingId) : undefined;
  const side = [debit, posted?.debit].includes('receivable')
    ? 'debit'
    : [credit, posted?.credit].includes('receivable')
      ? 'credit'
      : null;
  if (side === null) return;
  refuseAt(
    posted ? '' : `${place}/${side}`,
    'receivable_reserved',
    'The receivable is what invoices are owed: enter a payment, void an invoice or give it up.',
  );
};

const isSame = (request: TransferRequest, ledger: LedgerView): boolean => {
  const existing = ledger.transfer(request.id);
  return existing !== undefined && sameTransfer(request, existing, (id) => ledger.transfer(id)) === 'exists';
};

const requestOf = (order: TransferOrder, { transfers }: Account, currency: string): TransferRequest => {
  const { transferId, debit, credit, amount, flags, pendingId, timeoutSeconds } = order;
  if (amount && amount.currency !== currency)
    return refuseAt('/amount/currency', 'currency_mismatch', `The account is in ${currency}.`);
  if (amount && amount.minor < 0n)
    return refuseAt('/amount/amount', 'amount_not_positive', 'An amount is not below zero.');
  if (order.chosen === true && isDerivedId(transferId) && !transfers.has(transferId))
    return refuse('transfer_id_reserved', 'Ids of this kind are given by Recount alone.');
  return {
    id: transferId,
    amount: amount?.minor ?? (flags.includes('void_pending') ? 0n : AMOUNT_MAX),
    flags,
    ...(debit === undefined ? {} : { debit }),
    ...(credit === undefined ? {} : { credit }),
    ...(pendingId === undefined ? {} : { pendingId }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
};

const created = (
  transfer: CreatedTransfer,
  ledger: LedgerView,
  currency: string,
  { bookedOn, now }: Submission,
): TransferFact | Fact<'TransferPosted'> => {
  const { flags, timeoutSeconds, pendingId, status } = transfer;
  const transferId = transfer.id as TransferId;
  const booked = {
    transferId,
    debit: transfer.debit as LedgerCode,
    credit: transfer.credit as LedgerCode,
    amount: money(transfer.amount, currency),
    bookedOn,
    cause: { type: 'transfer', id: transferId },
    rule: REQUESTED,
    flags,
  } as const;
  if (pendingId !== null) {
    const resolved = { ...booked, pendingId: pendingId as TransferId };
    if (flags.includes('void_pending')) return { type: 'PendingTransferVoided', data: resolved };
    const reserved = money(ledger.transfer(pendingId)!.amount, currency);
    return { type: 'PendingTransferPosted', data: { ...resolved, reserved } };
  }
  // Within a chain it may have been resolved already: that it was pending is said by its flag.
  if (status === null) return { type: 'TransferPosted', data: booked };
  if (timeoutSeconds === 0) return { type: 'TransferPended', data: { ...booked, timeoutSeconds } };
  const expiresAt = plusDuration(now, { seconds: timeoutSeconds });
  const timer = timerOf('expire', transferId, expiresAt);
  return { type: 'TransferPended', data: { ...booked, timeoutSeconds, expiresAt, timer } };
};

const expired = (pending: CreatedTransfer, currency: string, bookedOn: LocalDate): Fact<'PendingTransferExpired'> => ({
  type: 'PendingTransferExpired',
  data: {
    pendingId: pending.id as TransferId,
    debit: pending.debit as LedgerCode,
    credit: pending.credit as LedgerCode,
    amount: money(pending.amount, currency),
    bookedOn,
  },
});

/** What is reserved of two sides of the book, and what moves. */
const move = (
  { book }: Account,
  { debit, credit, amount }: Pick<Fact<'TransferPended'>['data'], 'debit' | 'credit' | 'amount'>,
  moved: { readonly posted: bigint; readonly pending: bigint },
): void => moveBook(book, { debit, credit, currency: amount.currency, ...moved });

export const transferSlice: Slice<TransferCommand, TransferFact> = {
  decide: { SubmitTransfers: submitted, ExpireTransfers: expire },
  evolve: {
    TransferPended(account, data, recorded) {
      const { debit, credit, amount, flags, timeoutSeconds } = data;
      move(account, data, { posted: 0n, pending: amount.minor });
      if (flags.includes('closing_debit')) balanceOf(account.book, debit, amount.currency).closed = true;
      if (flags.includes('closing_credit')) balanceOf(account.book, credit, amount.currency).closed = true;
      remember(account, data, recorded, { status: 'pending', timeoutSeconds });
    },
    PendingTransferPosted(account, data, recorded) {
      const { pendingId, reserved, amount } = data;
      move(account, data, { posted: amount.minor, pending: -reserved.minor });
      resolve(account, pendingId, 'posted');
      moveRequestedCredit(account.credits, data);
      remember(account, data, recorded, { pendingId });
    },
    PendingTransferVoided(account, data, recorded) {
      const { pendingId, amount } = data;
      move(account, data, { posted: 0n, pending: -amount.minor });
      resolve(account, pendingId, 'voided');
      remember(account, data, recorded, { pendingId });
    },
    PendingTransferExpired(account, data) {
      move(account, data, { posted: 0n, pending: -data.amount.minor });
      resolve(account, data.pendingId, 'expired');
    },
  },
};
