import type { TransferFlag, TransferLabels } from './transfer-request.js';

/** Gross sums of each side; what is pending is reserved, not moved. */
export interface FourBalances {
  readonly debitsPending: bigint;
  readonly debitsPosted: bigint;
  readonly creditsPending: bigint;
  readonly creditsPosted: bigint;
}

export type AccountLimit = 'debits_must_not_exceed_credits' | 'credits_must_not_exceed_debits';

/** An account as transfers see it. */
export interface LimitedAccount extends FourBalances {
  readonly id: string;
  /** What its amounts are counted in; both sides of a transfer share it. */
  readonly ledger: string;
  readonly limit: AccountLimit | null;
  readonly closed: boolean;
}

export type PendingStatus = 'pending' | 'posted' | 'voided' | 'expired';

/** A transfer that was created, with the amount that it came to. */
export interface CreatedTransfer {
  readonly id: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: bigint;
  readonly flags: readonly TransferFlag[];
  readonly pendingId: string | null;
  readonly timeoutSeconds: number;
  /** In microseconds since 1970; `null` never expires. */
  readonly expiresAt: bigint | null;
  /** What became of a pending transfer; `null` if it was none. */
  readonly status: PendingStatus | null;
  readonly labels?: TransferLabels;
}

/** What a decision about transfers looks at. */
export interface LedgerView {
  account(id: string): LimitedAccount | undefined;
  transfer(id: string): CreatedTransfer | undefined;
  /** Whether an id failed for a reason of the moment. */
  hasFailed(id: string): boolean;
  /** The pending transfers that have come to their end by then and are not resolved. */
  expiring(now: bigint): readonly CreatedTransfer[];
}

const NOTHING: LedgerView = {
  account: () => undefined,
  transfer: () => undefined,
  hasFailed: () => false,
  expiring: () => [],
};

/** Changes on top of a view, to be kept or to be forgotten as a whole: a chain of linked transfers is one. */
export class LedgerOverlay implements LedgerView {
  readonly accounts = new Map<string, LimitedAccount>();
  readonly transfers = new Map<string, CreatedTransfer>();
  readonly failedIds = new Set<string>();

  constructor(private readonly under: LedgerView = NOTHING) {}

  account(id: string): LimitedAccount | undefined {
    return this.accounts.get(id) ?? this.under.account(id);
  }

  transfer(id: string): CreatedTransfer | undefined {
    return this.transfers.get(id) ?? this.under.transfer(id);
  }

  hasFailed(id: string): boolean {
    return this.failedIds.has(id) || this.under.hasFailed(id);
  }

  expiring(now: bigint): readonly CreatedTransfer[] {
    const own = [...this.transfers.values()].filter((transfer) => isExpiring(transfer, now));
    return [...this.under.expiring(now).filter(({ id }) => !this.transfers.has(id)), ...own];
  }

  put(account: LimitedAccount): void {
    this.accounts.set(account.id, account);
  }

  /** Keeps what another overlay on top of this one has changed. */
  keep(above: LedgerOverlay): void {
    for (const [id, account] of above.accounts) this.accounts.set(id, account);
    for (const [id, transfer] of above.transfers) this.transfers.set(id, transfer);
    for (const id of above.failedIds) this.failedIds.add(id);
  }
}

export const isExpiring = ({ status, expiresAt }: CreatedTransfer, now: bigint): boolean =>
  status === 'pending' && expiresAt !== null && expiresAt <= now;
