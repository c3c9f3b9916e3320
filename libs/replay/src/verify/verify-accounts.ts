import type { Catalog } from '#billing/catalog';
import type { Reading } from '#contracts';
import type { AccountId, EventLog, LocalDate, Money, TenantId } from '#kernel';
import type { Transfer } from '#ledger';
import pLimit from 'p-limit';
import { foldAccount, type AccountFold, type AccountStreams, type Witness } from '../account-fold.js';
import { accountSnapshot, type AccountSnapshot } from '../account-snapshot.js';
import { foldUsages, type StreamUsages, type UsageFold } from '../usage-fold.js';
import { bookDifferences } from './book-check.js';
import { differencesBetween, type Difference } from './difference.js';
import { lineWitness } from './line-check.js';
import { rowDifferences, type RowsByTable, type RowsMadeAnew } from './row-check.js';

/** What the read models say of one account. Monetary sums leave out what is zero. */
export interface ServedAccount extends Pick<AccountSnapshot, 'invoices' | 'creditNotes' | 'payments' | 'ledger'> {
  readonly account: AccountSnapshot['account'] & { readonly revision: number };
  /** Without their status, which goes by the time at which somebody asks. */
  readonly subscriptions: readonly Omit<AccountSnapshot['subscriptions'][number], 'status'>[];
  readonly transfers: readonly Transfer[];
  /** Owed per invoice and by when, as AR aging has it. */
  readonly outstanding: Readonly<Record<string, { readonly amount: Money; readonly dueOn: LocalDate }>>;
  readonly usage: { readonly count: number; readonly digest: string; readonly lastRevision: number };
}

/** What is served of an account of which only itself is known. */
export const NOTHING_SERVED: Omit<ServedAccount, 'account'> = {
  subscriptions: [],
  invoices: [],
  creditNotes: [],
  payments: [],
  ledger: [],
  transfers: [],
  outstanding: {},
  usage: { count: 0, digest: '0000000000000000', lastRevision: -1 },
};

/** A reading as it counts, with its place in its stream. */
export interface ServedReading extends Reading {
  readonly revision: number;
  readonly ordinal: number;
}

/** The port to what is served. Accounts that it does not know are missing from the answer. */
export abstract class ServedAccounts {
  abstract of(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, ServedAccount>>;
  /** Each once, in any order: there may be too many to hold. */
  abstract readingsOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): AsyncIterable<ServedReading & { readonly accountId: AccountId }>;
  /** What reports and the agenda are made of, of each of the accounts. */
  abstract rowsOf(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, RowsByTable>>;
  abstract rowsAnew(): RowsMadeAnew;
}

/** What the accounts of a tenant have in common. */
export interface VerificationTerms {
  readonly catalog: Catalog;
  /** How many streams the usage of the tenant is spread over. */
  readonly usageShards: number;
  /** Until what is served is as new as the log was by then. */
  readonly caughtUp?: () => Promise<void>;
  /** Where the events of accounts are read, if not in the log. */
  readonly streams?: AccountStreams;
}

/** What was found in so many accounts. */
export interface VerifiedAccounts {
  readonly accounts: number;
  readonly differences: readonly Difference[];
}

/** All that a verification finds. */
export const differencesIn = async (verified: AsyncIterable<VerifiedAccounts>): Promise<Difference[]> =>
  (await Array.fromAsync(verified)).flatMap(({ differences }) => differences);

const ACCOUNTS_AT_A_TIME = 100;
const FOLDS_AT_A_TIME = 8;
const READINGS_TOLD_MAX = 10;

/** Replays accounts and compares: read models with the log, books with invoices, lines with readings and prices. */
export class VerifyAccounts {
  constructor(
    private readonly log: EventLog,
    private readonly served: ServedAccounts,
  ) {}

  /** Some accounts at a time, in an order of their own. The more of one usage stream are asked for together, the less often it is read. */
  async *differences(
    tenantId: TenantId,
    accounts: readonly AccountId[],
    terms: VerificationTerms,
  ): AsyncGenerator<VerifiedAccounts> {
    for await (const usages of foldUsages(this.log, tenantId, accounts, terms.usageShards)) {
      const folded = usages.accounts;
      for (let begin = 0; begin < folded.length; begin += ACCOUNTS_AT_A_TIME) {
        const some = folded.slice(begin, begin + ACCOUNTS_AT_A_TIME);
        yield { accounts: some.length, differences: await this.differencesOfSome(tenantId, some, usages, terms) };
      }
    }
  }

  /** What is served is asked for first, and what is compared with it read at once: it took longer to read the whole stream. */
  private async differencesOfSome(
    tenantId: TenantId,
    accounts: readonly AccountId[],
    usages: StreamUsages,
    { catalog, caughtUp, streams = this.log }: VerificationTerms,
  ): Promise<Difference[]> {
    const limit = pLimit(FOLDS_AT_A_TIME);
    await caughtUp?.();
    const [served, rows] = await Promise.all([
      this.served.of(tenantId, accounts),
      this.served.rowsOf(tenantId, accounts),
    ]);
    await usages.readOn();
    const folds = new Map(accounts.map((accountId) => [accountId, usages.of(accountId)]));
    const readings = await this.readingDifferences(tenantId, folds);
    const found = await Promise.all(
      accounts.map((accountId) =>
        limit(async () => {
          const of = {
            served: served.get(accountId),
            rows: rows.get(accountId),
            usage: folds.get(accountId)!,
            catalog,
          };
          return [accountId, await this.differencesOf(tenantId, accountId, of, streams)] as const;
        }),
      ),
    );
    return found.flatMap(([accountId, differences]) => [...differences, ...(readings.get(accountId) ?? [])]);
  }

  private async differencesOf(
    tenantId: TenantId,
    accountId: AccountId,
    { served, rows, usage, catalog }: Verified,
    streams: AccountStreams,
  ): Promise<Difference[]> {
    const lines = lineWitness(accountId, catalog, usage);
    const anew = this.served.rowsAnew();
    const witness: Witness = (event, before) => {
      lines.witness(event, before);
      anew.take(event);
    };
    const fold = await foldAccount(streams, tenantId, accountId, { witness });
    const snapshot = accountSnapshot(accountId, fold);
    return [
      ...lines.differences,
      ...bookDifferences(accountId, fold.stream.state),
      ...servedDifferences(accountId, replayed(snapshot, fold, usage), served),
      ...(served && rows ? rowDifferences(accountId, anew, rows) : []),
    ];
  }

  /** Billing measures rows, so each of them is compared. What only one side has shows in number and digest. */
  private async readingDifferences(
    tenantId: TenantId,
    folds: ReadonlyMap<AccountId, UsageFold>,
  ): Promise<ReadonlyMap<AccountId, readonly Difference[]>> {
    const differences = new Map<AccountId, Difference[]>();
    const expected = new Map<AccountId, ReadonlyMap<string, ServedReading>>();
    const expectedOf = (accountId: AccountId): ReadonlyMap<string, ServedReading> => {
      let own = expected.get(accountId);
      if (!own) {
        own = new Map(folds.get(accountId)!.readings.map(({ digest: _, ...reading }) => [reading.id, reading]));
        expected.set(accountId, own);
      }
      return own;
    };
    for await (const { accountId, ...found } of this.served.readingsOf(tenantId, [...folds.keys()])) {
      const told = differences.get(accountId) ?? [];
      if (told.length >= READINGS_TOLD_MAX) continue;
      const reading = expectedOf(accountId).get(found.id);
      const event = reading ? { event: { stream: folds.get(accountId)!.stream, revision: reading.revision } } : {};
      const own = differencesBetween(accountId, `usage ${found.id}`, reading ?? null, found);
      if (own.length === 0) continue;
      told.push(...own.map((difference) => ({ ...difference, ...event })));
      differences.set(accountId, told);
    }
    return differences;
  }
}

interface Verified {
  readonly served: ServedAccount | undefined;
  readonly rows: RowsByTable | undefined;
  readonly usage: UsageFold;
  readonly catalog: Catalog;
}

const replayed = (
  snapshot: AccountSnapshot,
  { transfers }: AccountFold,
  { readings, digest, lastRevision }: UsageFold,
): ServedAccount => ({
  account: { ...snapshot.account, revision: snapshot.revision },
  subscriptions: snapshot.subscriptions.map(({ status: _, ...subscription }) => subscription),
  invoices: snapshot.invoices,
  creditNotes: snapshot.creditNotes,
  payments: snapshot.payments,
  ledger: snapshot.ledger,
  // Those that somebody asked for are compared as the ledger’s totals.
  transfers: transfers.filter(({ cause }) => cause.type !== 'transfer'),
  outstanding: Object.fromEntries(
    snapshot.invoices
      .filter(({ invoice: { status, amountDue } }) => status === 'open' && amountDue.minor !== 0n)
      .map(({ invoice: { invoiceId, amountDue, dueOn } }) => [invoiceId, { amount: amountDue, dueOn: dueOn! }]),
  ),
  usage: { count: readings.length, digest, lastRevision },
});

const servedDifferences = (
  accountId: AccountId,
  expected: ServedAccount,
  found: ServedAccount | undefined,
): Difference[] => {
  if (!found) return differencesBetween(accountId, 'accounts', expected.account.accountId, null);
  return [
    ...differencesBetween(accountId, 'accounts', expected.account, found.account),
    ...differencesBetween(
      accountId,
      'subscriptions',
      byId(expected.subscriptions, 'subscriptionId'),
      byId(found.subscriptions, 'subscriptionId'),
    ),
    ...differencesBetween(accountId, 'invoices', invoicesById(expected.invoices), invoicesById(found.invoices)),
    ...differencesBetween(
      accountId,
      'credit-notes',
      byId(expected.creditNotes, 'creditNoteId'),
      byId(found.creditNotes, 'creditNoteId'),
    ),
    ...differencesBetween(
      accountId,
      'payments',
      byId(expected.payments, 'paymentId'),
      byId(found.payments, 'paymentId'),
    ),
    ...differencesBetween(accountId, 'book', byId(expected.ledger, 'code'), byId(found.ledger, 'code')),
    ...differencesBetween(
      accountId,
      'transfers',
      byId(expected.transfers, 'transferId'),
      byId(found.transfers, 'transferId'),
    ),
    ...differencesBetween(accountId, 'ar-aging', expected.outstanding, found.outstanding),
    ...differencesBetween(accountId, 'usage', expected.usage, found.usage),
  ];
};

const byId = <Thing extends object>(things: readonly Thing[], key: keyof Thing): Record<string, Thing> =>
  Object.fromEntries(things.map((thing) => [String(thing[key]), thing]));

const invoicesById = (documents: ServedAccount['invoices']): Record<string, ServedAccount['invoices'][number]> =>
  Object.fromEntries(documents.map((document) => [document.invoice.invoiceId, document]));
