import type { Catalog } from '#billing/catalog';
import type { AccountId, EventLog, TenantId } from '#kernel';
import pLimit from 'p-limit';
import { foldAccount, type AccountStreams, type Witness } from '../account-fold.js';
import { accountSnapshot } from '../account-snapshot.js';
import { foldUsages, type StreamUsages, type UsageFold } from '../usage-fold.js';
import { bookDifferences } from './book-check.js';
import type { Difference } from './difference.js';
import { lineWitness } from './line-check.js';
import { readingDifferences } from './reading-check.js';
import { rowDifferences, type RowsByTable } from './row-check.js';
import type { ServedAccount, ServedAccounts } from './served-accounts.js';
import { replayed, servedDifferences } from './served-check.js';

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
    const readings = await readingDifferences(this.served, tenantId, folds);
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
}

interface Verified {
  readonly served: ServedAccount | undefined;
  readonly rows: RowsByTable | undefined;
  readonly usage: UsageFold;
  readonly catalog: Catalog;
}
