import { Injectable } from '@nestjs/common';
import { batchesOf } from '../core/batches.js';
import { Pools } from '../core/pools.js';

const CALLERS_AT_ONCE = 500;

/** What a process asks of the requests that a caller may still send. */
export interface LeaseRequest {
  readonly caller: string;
  /** The window that the process knows of; 0 where it knows none. */
  readonly window: number;
  readonly windowMilliseconds: number;
  /** Leased before, and not needed; below 0, what was let through without a lease. */
  readonly unused: number;
  readonly wanted: number;
  readonly limit: number;
}

export interface LeaseGrant {
  /** Told apart by its end, in milliseconds since 1970. */
  readonly window: number;
  readonly endsInMilliseconds: number;
  readonly granted: number;
  /** Of the window, by all processes: what is leased counts as taken. */
  readonly taken: number;
}

interface Row extends LeaseGrant {
  readonly caller: string;
}

/** What callers may still send within their hour, over all processes. Together, the leases of a window never exceed its limit. */
@Injectable()
export class RateLeases {
  private readonly batches = batchesOf((requests: readonly LeaseRequest[]) => this.leased(requests), CALLERS_AT_ONCE);

  constructor(private readonly pools: Pools) {}

  /** @param request one of a caller at a time */
  lease(request: LeaseRequest): Promise<LeaseGrant> {
    return this.batches.load(request);
  }

  private async leased(requests: readonly LeaseRequest[]): Promise<LeaseGrant[]> {
    const found = await this.update(requests);
    const fresh = requests.filter(({ caller }) => !found.has(caller));
    if (fresh.length > 0) {
      await this.insert(fresh);
      for (const [caller, grant] of await this.update(fresh)) found.set(caller, grant);
    }
    return requests.map(({ caller }) => found.get(caller)!);
  }

  /**
   * Rows are locked in one order, or two processes would wait for each other. What is written follows from the row as it is by then: one that another process
   * changed meanwhile is looked at again (READ COMMITTED).
   */
  private async update(requests: readonly LeaseRequest[]): Promise<Map<string, LeaseGrant>> {
    const { rows } = await this.pools.api.query<Row>({
      name: 'lease-rates',
      text: `WITH asked AS (
          SELECT * FROM unnest($1::text[], $2::float8[], $3::float8[], $4::int[], $5::int[], $6::int[])
            AS a(caller, known, milliseconds, unused, wanted, most)
        ), locked AS MATERIALIZED (
          SELECT l.caller FROM ops.rate_leases AS l JOIN asked USING (caller) ORDER BY l.caller FOR UPDATE OF l
        )
        UPDATE ops.rate_leases AS l SET
          ends_at = CASE WHEN l.ends_at > now() THEN l.ends_at ELSE ${END_OF_NEXT} END,
          granted = ${GRANTED},
          taken = ${BEFORE} + ${GRANTED}
        FROM asked AS a JOIN locked USING (caller) WHERE l.caller = a.caller
        RETURNING l.caller, ${WINDOW} AS window, l.granted, l.taken,
          (extract(epoch FROM l.ends_at - now()) * 1000)::float8 AS "endsInMilliseconds"`,
      values: columnsOf(requests),
    });
    return new Map(rows.map((row) => [row.caller, row]));
  }

  /** Over already: the first lease begins a window. */
  private async insert(requests: readonly LeaseRequest[]): Promise<void> {
    await this.pools.api.query(
      `INSERT INTO ops.rate_leases (caller, ends_at, taken, granted)
        SELECT caller, '-infinity', 0, 0 FROM unnest($1::text[]) AS caller ORDER BY caller ON CONFLICT DO NOTHING`,
      [requests.map(({ caller }) => caller)],
    );
  }
}

const WINDOW = 'round(extract(epoch FROM l.ends_at) * 1000)::float8';
const END_OF_NEXT = `date_trunc('milliseconds', now() + make_interval(secs => a.milliseconds / 1000))`;
/** What is taken without what is asked for; leases of a window that is over are over, too. */
const BEFORE = `CASE
  WHEN l.ends_at <= now() THEN greatest(-a.unused, 0)
  WHEN a.known IN (0, ${WINDOW}) THEN greatest(l.taken - a.unused, 0)
  ELSE l.taken END`;
const GRANTED = `greatest(least(a.wanted, a.most - (${BEFORE})), 0)`;

const columnsOf = (requests: readonly LeaseRequest[]) => [
  requests.map(({ caller }) => caller),
  requests.map(({ window }) => window),
  requests.map(({ windowMilliseconds }) => windowMilliseconds),
  requests.map(({ unused }) => unused),
  requests.map(({ wanted }) => wanted),
  requests.map(({ limit }) => limit),
];
