import { money, type AccountId, type Instant, type Money, type TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { reported } from '#projection';

/** Calendar months, both included, and what is known of them. */
export interface RevenueRequest {
  readonly months: readonly string[];
  readonly accountId?: AccountId;
  readonly currency?: string;
  readonly position?: bigint;
  readonly recordedAt?: Instant;
}

export interface RecognizedMonth {
  readonly currency: string;
  readonly month: string;
  readonly recognized: Money;
  /** What of it is in books of which the month is booked. */
  readonly booked: Money;
}

/** What is billed and not earned, in one currency. */
export interface DeferredRevenue {
  readonly currency: string;
  readonly months: readonly DeferredMonth[];
  /** What is put off at the end of the last of the months, by the month in which it is earned. */
  readonly upcoming: readonly { readonly month: string; readonly amount: Money }[];
}

export interface DeferredMonth {
  readonly month: string;
  readonly opening: Money;
  readonly added: Money;
  readonly released: Money;
  readonly closing: Money;
  /** Earned by its end, and invoiced later or not yet. */
  readonly unbilled: Money;
}

const CUT = `
   WHERE tenant_id = $1 AND ($2::bigint IS NULL OR position <= $2) AND ($3::timestamptz IS NULL OR recorded_at <= $3)
     AND ($4::text IS NULL OR account_id = $4) AND ($5::text IS NULL OR currency = $5)`;

const KNOWN = `WITH known AS (SELECT * FROM ${reported('revenue_movements')} AS k ${CUT})`;

const RECOGNIZED = `
${KNOWN}, booked AS (
  SELECT account_id, currency, max(month) AS through FROM ${reported('revenue_months')} AS m ${CUT} GROUP BY account_id, currency
)
SELECT k.currency, k.month, sum(k.amount) AS recognized,
       coalesce(sum(k.amount) FILTER (WHERE k.month <= b.through), 0) AS booked
  FROM known AS k LEFT JOIN booked AS b USING (account_id, currency)
 WHERE k.kind <> 'invoiced' AND k.month = ANY ($6)
 GROUP BY k.currency, k.month`;

/** What documents of a month say of a month. */
const WATERFALL = `
${KNOWN}
SELECT currency, booked_in, month, sum(amount) AS amount FROM known WHERE kind = 'document' GROUP BY currency, booked_in, month`;

/** What is accrued without an invoice, by the month from which on it is more, or less. */
const ACCRUED = `
${KNOWN}
SELECT currency, month, sum(amount) AS amount FROM known WHERE kind <> 'document' GROUP BY currency, month`;

/**
 * What documents of days after a month say of it and the months before: of each account and day it was earned before it was billed, or else billed before and not
 * earned.
 */
const LATER = `
${KNOWN}, later AS (
  SELECT account_id, currency, booked_on, booked_in, month, sum(amount) AS amount FROM known
   WHERE kind = 'document' AND month < booked_in GROUP BY account_id, currency, booked_on, booked_in, month
), days AS (
  SELECT l.currency, m.month, sum(l.amount) AS amount FROM unnest($6::text[]) AS m (month)
    JOIN later AS l ON l.month <= m.month AND l.booked_in > m.month
   GROUP BY l.currency, m.month, l.account_id, l.booked_on
)
SELECT currency, month, sum(greatest(amount, 0)) AS unbilled, sum(greatest(-amount, 0)) AS deferred FROM days GROUP BY currency, month`;

interface Sum {
  readonly currency: string;
  readonly month: string;
  readonly amount: string;
}

/** Revenue is what lines and bookings say: it is told of any month, at any time, whether that is booked or not. */
export class RevenueQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** Every month of each currency that has any revenue in one of them. */
  async recognized(tenantId: TenantId, request: RevenueRequest): Promise<RecognizedMonth[]> {
    const rows = await this.database.rows<{ currency: string; month: string; recognized: string; booked: string }>(
      tenantId,
      RECOGNIZED,
      [...cutOf(tenantId, request), request.months],
    );
    return [...Map.groupBy(rows, ({ currency }) => currency)].sort(byKey).flatMap(([currency, own]) => {
      const byMonth = new Map(own.map((row) => [row.month, row]));
      return request.months.map((month) => ({
        currency,
        month,
        recognized: money(BigInt(byMonth.get(month)?.recognized ?? 0), currency),
        booked: money(BigInt(byMonth.get(month)?.booked ?? 0), currency),
      }));
    });
  }

  /** What is billed and not earned at the end of each month, and how it moved. */
  async deferred(tenantId: TenantId, request: RevenueRequest): Promise<DeferredRevenue[]> {
    const { months } = request;
    const cut = cutOf(tenantId, request);
    const [documents, accruals, later] = await Promise.all([
      this.database.rows<DocumentSum>(tenantId, WATERFALL, cut),
      this.database.rows<Sum>(tenantId, ACCRUED, cut),
      this.database.rows<LaterSum>(tenantId, LATER, [...cut, [monthBefore(months[0]!), ...months]]),
    ]);
    const currencies = [...new Set([...documents, ...accruals].map(({ currency }) => currency))].sort();
    return currencies.map((currency) => {
      const own = <Row extends { readonly currency: string }>(rows: readonly Row[]) =>
        rows.filter((row) => row.currency === currency);
      return waterfall(currency, months, {
        documents: own(documents),
        accruals: own(accruals),
        later: new Map(own(later).map((row) => [row.month, row])),
      });
    });
  }
}

interface DocumentSum extends Sum {
  readonly booked_in: string;
}

interface LaterSum {
  readonly currency: string;
  readonly month: string;
  readonly unbilled: string;
  readonly deferred: string;
}

interface Sums {
  readonly documents: readonly DocumentSum[];
  readonly accruals: readonly Sum[];
  readonly later: ReadonlyMap<string, LaterSum>;
}

const waterfall = (
  currency: string,
  months: readonly string[],
  { documents, accruals, later }: Sums,
): DeferredRevenue => {
  const amount = (minor: bigint): Money => money(minor, currency);
  const putOff = (at: string) => documents.filter((row) => row.booked_in <= at && row.month > at);
  const closingOf = (at: string): bigint => sumOf(putOff(at)) + BigInt(later.get(at)?.deferred ?? 0);
  let opening = closingOf(monthBefore(months[0]!));
  const told = months.map((month) => {
    const closing = closingOf(month);
    const released = sumOf(documents.filter((row) => row.booked_in < month && row.month === month));
    const accrued = sumOf(accruals.filter((row) => row.month <= month));
    const moved = {
      month,
      opening: amount(opening),
      added: amount(closing - opening + released),
      released: amount(released),
      closing: amount(closing),
      unbilled: amount(accrued + BigInt(later.get(month)?.unbilled ?? 0)),
    };
    opening = closing;
    return moved;
  });
  const upcoming = [...Map.groupBy(putOff(months.at(-1)!), ({ month }) => month)].sort(byKey);
  return {
    currency,
    months: told,
    upcoming: upcoming.map(([month, rows]) => ({ month, amount: amount(sumOf(rows)) })),
  };
};

const cutOf = (tenantId: TenantId, { position, recordedAt, accountId, currency }: RevenueRequest) => [
  tenantId,
  position ?? null,
  recordedAt ?? null,
  accountId ?? null,
  currency ?? null,
];

const sumOf = (rows: readonly Sum[]): bigint => rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n);

const byKey = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;

const monthBefore = (month: string): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 1 ? `${year - 1}-12` : `${month.slice(0, 5)}${String(number - 1).padStart(2, '0')}`;
};
