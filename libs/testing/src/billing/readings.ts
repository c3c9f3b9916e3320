import { type Account } from '#billing/account';
import { type Catalog } from '#billing/catalog';
import { dueWithin, LINES_PER_INVOICE_MAX, usageDemands, withCuts, type DueService } from '#billing/invoice';
import { servedUnbilled } from '#billing/revenue';
import { usedUntil } from '#billing/wallet';
import { measure, type Arrival, type CountedReading, type MeasuredUsage } from '#billing/usage';
import { readingDigest, USAGE_SHARDS_DEFAULT, usageStream, type Reading } from '#contracts';
import type { Instant } from '#kernel';
import { at } from '../moments.js';
import { ACCOUNT, TENANT } from './ids.js';

/** A reading that counts. Its revision is when the log got it: a later one than the last cut makes it late. */
export const aReading = ({
  revision = 0,
  ordinal = 0,
  ...reading
}: Partial<Reading> & { readonly revision?: number; readonly ordinal?: number } = {}): CountedReading => {
  const stored = {
    id: `r${revision}.${ordinal}`,
    event: 'call',
    at: at('2026-01-15T12:00:00Z'),
    properties: {},
    ...reading,
  };
  return { ...stored, revision, ordinal, digest: readingDigest(stored) };
};

/** So many readings at one moment, in one event of the log. */
export const readings = (count: number, reading: Parameters<typeof aReading>[0] = {}): CountedReading[] =>
  Array.from({ length: count }, (_, ordinal) => aReading({ ...reading, ordinal }));

/** What billing gathers of usage before it decides, from readings in memory. */
export const gatheredUsage = (
  account: Account,
  known: readonly CountedReading[],
  {
    catalog,
    billThrough,
    linesMax = LINES_PER_INVOICE_MAX,
  }: { readonly catalog: Catalog; readonly billThrough: Instant; readonly linesMax?: number },
): { readonly usage: MeasuredUsage; readonly arrivals: readonly Arrival[] } =>
  gathered(
    account,
    known,
    catalog,
    (arrivals) => dueWithin(account, { catalog, billThrough, arrivals }, linesMax).services,
  );

/** The same of what is served in a month, before that is booked. */
export const usageServed = (account: Account, known: readonly CountedReading[], catalog: Catalog, month: string) =>
  gathered(account, known, catalog, (arrivals) => servedUnbilled(account, month, { catalog, arrivals }).services);

/** The same of what is used until an instant. */
export const usageSoFar = (account: Account, known: readonly CountedReading[], catalog: Catalog, until: Instant) =>
  gathered(account, known, catalog, (arrivals) => usedUntil(account, until, { catalog, arrivals }).services);

const gathered = (
  account: Account,
  known: readonly CountedReading[],
  catalog: Catalog,
  servicesOf: (arrivals: readonly Arrival[]) => readonly DueService[],
): { readonly usage: MeasuredUsage; readonly arrivals: readonly Arrival[] } => {
  const cut = known.reduce((last, { revision }) => Math.max(last, revision), -1);
  const fresh = known.filter(({ revision }) => revision > account.usageCut);
  const arrivals = [...Map.groupBy(fresh, (reading) => `${reading.at.slice(0, 10)} ${reading.event}`)].map(
    ([text, own]) => ({
      day: text.slice(0, 10),
      event: text.slice(11),
      revision: Math.max(...own.map(({ revision }) => revision)),
    }),
  );
  const services = servicesOf(arrivals);
  const demands = withCuts(usageDemands(services, account, catalog), services, account);
  const byKey = new Map(demands.map((demand) => [demand.key, measure(demand, known)]));
  const stream = usageStream(TENANT, account.profile?.accountId ?? ACCOUNT, USAGE_SHARDS_DEFAULT);
  return { usage: { stream, cut, byKey }, arrivals };
};
