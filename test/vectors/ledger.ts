import {
  allotted,
  allottedDestinations,
  allottedWaterfall,
  closeOut,
  destinationWaterfall,
  exchangeDebit,
  exchanged,
  sequentialMoves,
  sourceWaterfall,
  volumesWithin,
  type LimitedAccount,
  type Portion,
  type TimedMovement,
  type Volume,
  type WaterfallSource,
} from '#ledger';
import { DomainError } from '#kernel';
import { adapter, type Adapters } from './adapter.js';
import { decimal, fraction, integer } from './shapes.js';
import { emptyAccount, transferScript } from './transfer-script.js';

interface Source {
  readonly account: string;
  readonly balance: string;
  readonly overdraft: string | null;
  readonly max: string | null;
}

interface TimedTransaction {
  readonly effective_min: number;
  readonly recorded_min: number;
  readonly source: string;
  readonly destination: string;
  readonly amount: string;
}

const portion = (text: string): Portion => (text === 'remaining' ? text : fraction(text));

const waterfallSource = ({ account, overdraft, max }: Omit<Source, 'balance'>): WaterfallSource => ({
  account,
  overdraft: overdraft === null ? 0n : overdraft === 'unbounded' ? overdraft : integer(overdraft),
  max: max === null ? null : integer(max),
});

const integers = (balances: Readonly<Record<string, string>>): ReadonlyMap<string, bigint> =>
  new Map(Object.entries(balances).map(([account, balance]) => [account, integer(balance)]));

const movement = (transaction: TimedTransaction): TimedMovement<number> => ({
  source: transaction.source,
  destination: transaction.destination,
  amount: integer(transaction.amount),
  effective: transaction.effective_min,
  recorded: transaction.recorded_min,
});

const bounds = (from: number | null, until: number | null) => ({
  ...(from === null ? {} : { from }),
  ...(until === null ? {} : { until }),
});

const askedVolumes = (volumes: ReadonlyMap<string, Volume>, asked: object) =>
  Object.fromEntries(Object.keys(asked).map((account) => [account, volumes.get(account)]));

const accountOf = (id: string, debits: string | number, credits: string | number): LimitedAccount => ({
  ...emptyAccount(id),
  debitsPosted: integer(debits),
  creditsPosted: integer(credits),
});

export const ledger: Adapters = {
  transfer_script: transferScript,
  allotment: adapter<{ amount: string; portions: string[] }>(({ amount, portions }) => ({
    parts: allotted(integer(amount), portions.map(portion)),
  })),
  source_waterfall: adapter<{ amount: string; sources: Source[] }>(({ amount, sources }) => {
    const balances = new Map(sources.map(({ account, balance }) => [account, integer(balance)]));
    return { postings: sourceWaterfall(integer(amount), sources.map(waterfallSource), balances).drains };
  }),
  nested_waterfall: adapter<{
    amount: string;
    parts: { portion: string; sources: string[] }[];
    balances: Record<string, string>;
  }>(({ amount, parts, balances }) => {
    const drains = allottedWaterfall(
      integer(amount),
      parts.map(({ portion: share, sources }) => ({
        portion: portion(share),
        sources: sources.map((account) => waterfallSource({ account, overdraft: null, max: null })),
      })),
      integers(balances),
    );
    return { totals: Object.fromEntries(drains.map((drain) => [drain.source, drain.amount])) };
  }),
  sequential_balance: adapter<{
    balances: Record<string, string>;
    moves: { source: string; destination: string; amount: string }[];
  }>(({ balances, moves }) => {
    try {
      const after = sequentialMoves(
        integers(balances),
        moves.map((move) => ({ ...move, amount: integer(move.amount) })),
      );
      return { ok: true, balances: Object.fromEntries(after) };
    } catch (error) {
      if (error instanceof DomainError) return { ok: false, error: error.code };
      throw error;
    }
  }),
  destination_waterfall: adapter<{ amount: string; destinations: { max: string | null }[] }>(
    ({ amount, destinations }) => ({
      parts: destinationWaterfall(
        integer(amount),
        destinations.map(({ max }) => (max === null ? null : integer(max))),
      ),
    }),
  ),
  nested_destination: adapter<{
    amount: string;
    shares: { portion: string; to: { account: string; max: string | null }[] }[];
  }>(({ amount, shares }) => {
    const { receipts, moved } = allottedDestinations(
      integer(amount),
      shares.map(({ portion: share, to }) => ({
        portion: portion(share),
        to: to.map(({ account, max }) => ({ account, max: max === null ? null : integer(max) })),
      })),
    );
    return { received: Object.fromEntries(receipts.map((receipt) => [receipt.account, receipt.amount])), moved };
  }),
  bitemporal_volumes: adapter<
    {
      transactions: TimedTransaction[];
      axis: 'effective' | 'recorded';
      from_min: number | null;
      until_min: number | null;
    },
    { volumes: object }
  >(({ transactions, axis, from_min: from, until_min: until }, expected) => {
    const volumes = volumesWithin(transactions.map(movement), { [axis]: bounds(from, until) });
    return { volumes: askedVolumes(volumes, expected.volumes), accounts_listed: volumes.size };
  }),
  bitemporal_cross: adapter<
    { transactions: TimedTransaction[]; effective_until_min: number; recorded_until_min: number },
    { volumes: object }
  >((input, expected) => {
    const volumes = volumesWithin(input.transactions.map(movement), {
      effective: { until: input.effective_until_min },
      recorded: { until: input.recorded_until_min },
    });
    return { volumes: askedVolumes(volumes, expected.volumes) };
  }),
  close_out: adapter<{
    accounts: { id: string; debits: number; credits: number; normal: 'debit' | 'credit' }[];
  }>(({ accounts }) => {
    const { transfers, control } = closeOut(
      accounts.map(({ id, debits, credits, normal }) => ({ ...accountOf(id, debits, credits), normalSide: normal })),
      accountOf('C', 0, 0),
    );
    return {
      transfers: transfers.map(({ debit, credit, amount }) => ({ debit, credit, amount })),
      control: { debits: control.debitsPosted, credits: control.creditsPosted },
    };
  }),
  fx: adapter<{ amount_minor: string; rate: string }>(({ amount_minor: minor, rate }) => ({
    quote_minor: exchanged(integer(minor), decimal(rate)),
  })),
  fx_fee: adapter<{ amount_minor: string; fee_minor: string }>(({ amount_minor: minor, fee_minor: fee }) => ({
    total_debit_minor: exchangeDebit(integer(minor), integer(fee)),
  })),
};
