import {
  AMOUNT_MAX,
  expireTransfers,
  LedgerOverlay,
  submitTransfers,
  TRANSFER_LABELS,
  type AccountLimit,
  type LedgerView,
  type LimitedAccount,
  type TransferFlag,
  type TransferLabels,
  type TransferOutcome,
  type TransferRequest,
} from '#ledger';
import { adapter } from './adapter.js';
import { integer } from './shapes.js';

interface ScriptAccount {
  readonly id: string;
  readonly flags: readonly string[];
  readonly ledger?: string | number;
  readonly debits_pending: string;
  readonly debits_posted: string;
  readonly credits_pending: string;
  readonly credits_posted: string;
}

interface TransferStep {
  readonly op: 'transfer';
  readonly id: string;
  readonly debit?: string;
  readonly credit?: string;
  readonly amount: string;
  readonly flags: readonly TransferFlag[];
  readonly pending_id?: string;
  readonly timeout_s?: number;
  readonly user_data_128?: string | number;
  readonly user_data_64?: string | number;
  readonly user_data_32?: string | number;
  readonly ledger?: string | number;
  readonly code?: string | number;
}

type Step =
  | TransferStep
  | { readonly op: 'advance_clock'; readonly seconds: number }
  | { readonly op: 'read_balances'; readonly accounts: readonly string[] }
  | { readonly op: 'read_transfers'; readonly transfers: readonly string[] };

/** Of a ledger that all accounts of a case are in. */
export const emptyAccount = (id: string): LimitedAccount => ({
  id,
  ledger: 'one',
  debitsPending: 0n,
  debitsPosted: 0n,
  creditsPending: 0n,
  creditsPosted: 0n,
  limit: null,
  closed: false,
});

const LIMITS: readonly AccountLimit[] = ['debits_must_not_exceed_credits', 'credits_must_not_exceed_debits'];
const MICROSECONDS = 1_000_000n;

const accountOf = (account: ScriptAccount): LimitedAccount => ({
  id: account.id,
  ledger: String(account.ledger ?? 'one'),
  debitsPending: integer(account.debits_pending),
  debitsPosted: integer(account.debits_posted),
  creditsPending: integer(account.credits_pending),
  creditsPosted: integer(account.credits_posted),
  limit: LIMITS.find((limit) => account.flags.includes(limit)) ?? null,
  closed: account.flags.includes('closed'),
});

/** Zero is none. */
const labelsOf = (step: TransferStep): TransferLabels =>
  Object.fromEntries(TRANSFER_LABELS.flatMap((label) => (step[label] ? [[label, String(step[label])]] : [])));

const requestOf = (step: TransferStep): TransferRequest => {
  const { id, debit, credit, amount, flags, pending_id, timeout_s } = step;
  return {
    id,
    ...(debit === undefined ? {} : { debit }),
    ...(credit === undefined ? {} : { credit }),
    amount: amount === 'max' ? AMOUNT_MAX : integer(amount),
    flags,
    ...(pending_id === undefined ? {} : { pendingId: pending_id }),
    ...(timeout_s === undefined ? {} : { timeoutSeconds: timeout_s }),
    labels: labelsOf(step),
  };
};

const balancesOf = (account: LimitedAccount | undefined) =>
  account && {
    debits_pending: account.debitsPending,
    debits_posted: account.debitsPosted,
    credits_pending: account.creditsPending,
    credits_posted: account.creditsPosted,
    ...(account.closed ? { closed: true } : {}),
  };

/** Transfers that follow each other are one batch, as they are for TigerBeetle: a chain ends with it. */
const batchesOf = (steps: readonly Step[]): (Exclude<Step, TransferStep> | TransferStep[])[] => {
  const batches: (Exclude<Step, TransferStep> | TransferStep[])[] = [];
  for (const step of steps) {
    const last = batches.at(-1);
    if (step.op !== 'transfer') batches.push(step);
    else if (Array.isArray(last)) last.push(step);
    else batches.push([step]);
  }
  return batches;
};

const ledgerWith = (accounts: readonly ScriptAccount[]): LedgerView => {
  const ledger = new LedgerOverlay();
  for (const account of accounts) ledger.put(accountOf(account));
  return ledger;
};

export const transferScript = adapter<{ accounts: readonly ScriptAccount[]; steps: readonly Step[] }>(
  ({ accounts, steps }) => {
    let ledger: LedgerView = ledgerWith(accounts);
    let now = 0n;
    const results: { id: string; result: TransferOutcome }[] = [];
    const checkpoints: unknown[] = [];
    for (const step of batchesOf(steps)) {
      if (Array.isArray(step)) {
        const submitted = submitTransfers(ledger, step.map(requestOf), now);
        ledger = submitted.ledger;
        submitted.outcomes.forEach((result, index) => results.push({ id: step[index]!.id, result }));
      } else if (step.op === 'advance_clock') {
        now += BigInt(step.seconds) * MICROSECONDS;
      } else if (step.op === 'read_balances') {
        const current = expireTransfers(ledger, now).ledger;
        checkpoints.push(Object.fromEntries(step.accounts.map((id) => [id, balancesOf(current.account(id))])));
      } else {
        const amounts = step.transfers.map((id) => [id, ledger.transfer(id)?.amount ?? null]);
        checkpoints.push({ transfer_amounts: Object.fromEntries(amounts) });
      }
    }
    return { results, checkpoints };
  },
);
