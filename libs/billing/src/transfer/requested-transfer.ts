import { epochMicroseconds, type Instant, type LocalDate, type Recorded, type TransferId } from '#kernel';
import {
  balanceOf,
  emptyBalance,
  isExpiring,
  isLedgerCode,
  LEDGER_LIMITS,
  type Book,
  type CreatedTransfer,
  type LedgerCode,
  type LedgerView,
  type Transfer,
} from '#ledger';

/** The rule under which what somebody asked for is booked. */
export const REQUESTED = 'requested';

/** A transfer that was asked for, as the account remembers it: what is asked again is compared with it. */
export interface RequestedTransfer extends CreatedTransfer {
  readonly id: TransferId;
  readonly debit: LedgerCode;
  readonly credit: LedgerCode;
  readonly currency: string;
  readonly bookedOn: LocalDate;
  /** When it expires, as it was told; `expiresAt` is the same as a number. */
  readonly endsAt: Instant | null;
  readonly recordedAt: Instant;
  readonly revision: number;
}

/** What of an account transfers move. */
interface Booked {
  readonly book: Book;
  readonly transfers: Map<TransferId, RequestedTransfer>;
  readonly profile: { readonly currency: string } | null;
}

/** An account's book in its currency as transfers see it: every ledger account is there, with its limit. */
export const ledgerViewOf = ({ book, transfers, profile }: Booked): LedgerView => {
  const { currency } = profile!;
  return {
    account: (code) =>
      isLedgerCode(code)
        ? {
            ...(book.get(currency)?.get(code) ?? emptyBalance()),
            id: code,
            ledger: currency,
            limit: LEDGER_LIMITS[code] ?? null,
          }
        : undefined,
    transfer: (id) => transfers.get(id as TransferId),
    // A refused request leaves no fact behind; its Idempotency-Key keeps its answer.
    hasFailed: () => false,
    expiring: (now) => [...transfers.values()].filter((transfer) => isExpiring(transfer, now)),
  };
};

/** What requested transfers alone have moved on a ledger account: debits less credits, in minor units. */
export const requestedNet = ({ transfers }: Pick<Booked, 'transfers'>, code: LedgerCode): bigint => {
  let net = 0n;
  for (const { debit, credit, amount, status, flags } of transfers.values()) {
    if (status !== null || flags.includes('void_pending')) continue;
    if (debit === code) net += amount;
    if (credit === code) net -= amount;
  }
  return net;
};

/** Keeps what was created, as the log has it. */
export const remember = (
  { transfers }: Pick<Booked, 'transfers'>,
  { transferId, debit, credit, amount, bookedOn, flags = [], expiresAt }: Transfer & { readonly expiresAt?: Instant },
  { revision, recordedAt }: Recorded,
  rest: Partial<Pick<CreatedTransfer, 'pendingId' | 'timeoutSeconds' | 'status'>> = {},
): void => {
  transfers.set(transferId, {
    id: transferId,
    debit,
    credit,
    amount: amount.minor,
    currency: amount.currency,
    flags,
    pendingId: null,
    timeoutSeconds: 0,
    expiresAt: expiresAt === undefined ? null : epochMicroseconds(expiresAt),
    endsAt: expiresAt ?? null,
    status: null,
    ...rest,
    bookedOn,
    recordedAt,
    revision,
  });
};

/** What became of a pending transfer. What is given back opens again what it had closed. */
export const resolve = (
  { transfers, book }: Booked,
  pendingId: TransferId,
  status: 'posted' | 'voided' | 'expired',
): void => {
  const pending = transfers.get(pendingId)!;
  transfers.set(pendingId, { ...pending, status });
  if (status === 'posted') return;
  const { flags, debit, credit, currency } = pending;
  if (flags.includes('closing_debit')) balanceOf(book, debit, currency).closed = false;
  if (flags.includes('closing_credit')) balanceOf(book, credit, currency).closed = false;
};
