import type { FactType } from '#contracts';
import { Clock, EventLog, refuse, type LoggedEvent } from '#kernel';
import { inTransaction, type PoolClient } from '#postgres';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';
import { firstEvent, isLogNew } from '../operational-state/first-event.js';
import { reactorStatuses, type PauseReason, type Place, type ReactorStatus } from './reactor-statuses.js';

/** Something that was asked for and is not done: by the event that asks for it. */
export interface Effect {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  /** How often it was tried, this time as well. */
  readonly attempts: number;
  /** What became of it; null until it is done. The log may not have been told yet. */
  readonly outcome: unknown;
}

/** From a minute on, twice as long each time, to six hours. */
const RETRY_SECONDS = 60;
const RETRY_SECONDS_MAX = 6 * 60 * 60;
/** Whoever has an effect is done with it by then, or gone. */
const HELD_SECONDS = 10 * 60;
const TELL_AGAIN_SECONDS = 10;

/** Seconds until it is tried again, in SQL, by how often it was tried before. */
const retryAfter = (attempts: string): string =>
  `least(${RETRY_SECONDS} * power(2, least(${attempts}, 20)), ${RETRY_SECONDS_MAX})`;

interface PlaceRow {
  readonly position: bigint;
  readonly paused: PauseReason | null;
  readonly event_stream: string | null;
  readonly event_revision: bigint | null;
  readonly event_id: string | null;
}

export const isOneOf = (types: readonly FactType[], type: string): boolean =>
  (types as readonly string[]).includes(type);

/** Effects, and how far those who do them have followed the log. */
@Injectable()
export class EffectRows {
  constructor(
    private readonly pools: Pools,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Where a reactor goes on. Without a place, as on a database made anew, it is at the end of the log, and paused, if the log ever asked for what it does:
   * nothing of years ago is done again. Of a log that is new itself, at its beginning. Paused, too, where the log does not have the event at which it stood.
   */
  async begin(name: string, types: readonly FactType[]): Promise<Place> {
    const known = await this.place(name);
    if (known === undefined) return this.firstPlace(name, types);
    if (known.paused !== null || (await this.isOfThisLog(known))) return known;
    await this.pools.projector.query(`UPDATE ops.reactors SET paused = 'another_log' WHERE name = $1`, [name]);
    return { ...known, paused: 'another_log' };
  }

  /** Takes in what events ask for and the place behind them, at once. False if the reactor was moved or paused meanwhile. */
  take(name: string, before: bigint, events: readonly LoggedEvent[], position: bigint): Promise<boolean> {
    return this.move(name, before, events.at(-1), position, async (client) => {
      await client.query(
        `INSERT INTO ops.effects (reactor, event_id, stream, revision, position)
         SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) ON CONFLICT DO NOTHING`,
        [
          name,
          events.map(({ id }) => id),
          events.map(({ stream }) => stream),
          events.map(({ revision }) => revision),
          events.map((event) => event.position),
        ],
      );
    });
  }

  /** Puts down a place, with the last event that was taken in, and what is written at once with it. False if the reactor was moved or paused meanwhile. */
  async move(
    name: string,
    before: bigint,
    last: LoggedEvent | undefined,
    position: bigint,
    write: (client: PoolClient) => Promise<void>,
  ): Promise<boolean> {
    return inTransaction(this.pools.projector, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE ops.reactors SET position = $3, updated_at = now(),
                event_stream = coalesce($4, event_stream), event_revision = coalesce($5, event_revision), event_id = coalesce($6, event_id)
          WHERE name = $1 AND position = $2 AND paused IS NULL`,
        [name, before, position, last?.stream ?? null, last?.revision ?? null, last?.id ?? null],
      );
      if (rowCount !== 1) return false;
      await write(client);
      return true;
    });
  }

  /** Whether a reactor goes on, and is as far as that. */
  async isAtLeastAt(name: string, position: bigint): Promise<boolean> {
    const place = await this.place(name);
    return place !== undefined && place.paused === null && place.position >= position;
  }

  /**
   * What is due of a reactor that is not paused, the longest waiting first. That it is tried is written down before it is: what ends the process that tries it is
   * not tried for ever, and nobody else has it meanwhile.
   */
  async claim(name: string, limit: number): Promise<readonly Effect[]> {
    const { rows } = await this.pools.projector.query<{
      event_id: string;
      stream: string;
      revision: bigint;
      attempts: number;
      outcome: unknown;
    }>(
      `WITH due AS (SELECT event_id FROM ops.effects
                     WHERE reactor = $1 AND over_at IS NULL AND due_at <= now()
                       AND EXISTS (SELECT FROM ops.reactors WHERE name = $1 AND paused IS NULL)
                     ORDER BY due_at, position LIMIT $2 FOR UPDATE OF effects SKIP LOCKED)
       UPDATE ops.effects AS e
          SET attempts = e.attempts + 1, due_at = now() + greatest($3, ${retryAfter('e.attempts')}) * interval '1 second'
         FROM due WHERE e.reactor = $1 AND e.event_id = due.event_id
       RETURNING e.event_id, e.stream, e.revision, e.attempts, e.outcome`,
      [name, limit, HELD_SECONDS],
    );
    return rows.map(({ event_id: eventId, revision, ...row }) => ({ ...row, eventId, revision: Number(revision) }));
  }

  /** Puts down what became of it, before the log is told. @returns what was put down first: it stays; undefined where the effect is not there any more */
  async keep<Outcome>(name: string, { eventId }: Effect, outcome: Outcome): Promise<Outcome | undefined> {
    const { rows } = await this.pools.projector.query<{ outcome: Outcome }>(
      `UPDATE ops.effects SET outcome = coalesce(outcome, $3::jsonb), failure = NULL
        WHERE reactor = $1 AND event_id = $2 RETURNING outcome`,
      [name, eventId, JSON.stringify(outcome)],
    );
    return rows[0]?.outcome;
  }

  async over(name: string, { eventId }: Effect): Promise<void> {
    await this.pools.projector.query(
      'UPDATE ops.effects SET over_at = now(), failure = NULL WHERE reactor = $1 AND event_id = $2',
      [name, eventId],
    );
  }

  /** It was not done, or was, and the log could not be told: that is tried again soon. */
  async failed(name: string, { eventId, attempts }: Effect, failure: string): Promise<void> {
    await this.pools.projector.query(
      `UPDATE ops.effects
          SET failure = $3, due_at = now() + CASE WHEN outcome IS NULL THEN ${retryAfter('$4::int - 1')} ELSE $5 END * interval '1 second'
        WHERE reactor = $1 AND event_id = $2 AND attempts = $4 AND over_at IS NULL`,
      [name, eventId, failure.slice(0, 500), attempts, TELL_AGAIN_SECONDS],
    );
  }

  statuses(names: readonly string[]): Promise<readonly ReactorStatus[]> {
    return reactorStatuses(this.pools.owner, names);
  }

  /**
   * Lets a paused reactor go on: from where it was paused, or from another place, which may be before. What is over is not done again.
   * @throws DomainError `reactor_not_paused` | `position_beyond_head`
   */
  async resume(name: string, after?: bigint): Promise<void> {
    const head = await this.log.head();
    if (after !== undefined && after > head) refuse('position_beyond_head', `The log ends at ${head}.`);
    await this.goOn(name, after ?? null, head, false);
  }

  /**
   * Lets a paused reactor go on from the end of the log, and leaves undone what waits: what came since it was paused, and what it had taken in. What was done, and is
   * not told yet, is told.
   * @throws DomainError `reactor_not_paused`
   */
  async skip(name: string): Promise<void> {
    const head = await this.log.head();
    await this.goOn(name, head, head, true);
  }

  /** It stands where it did with nothing but the beginning of the log to tell which log that is. */
  private async goOn(name: string, after: bigint | null, head: bigint, leavesWaiting: boolean): Promise<void> {
    const first = await firstEvent(this.log);
    await inTransaction(this.pools.owner, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE ops.reactors SET paused = NULL, position = least(coalesce($2, position), $3), event_stream = $4,
                event_revision = $5, event_id = $6, updated_at = now() WHERE name = $1 AND paused IS NOT NULL`,
        [name, after, head, first?.stream ?? null, first?.revision ?? null, first?.id ?? null],
      );
      if (rowCount !== 1) refuse('reactor_not_paused', 'The reactor is not paused.', 'conflict');
      if (leavesWaiting)
        await client.query(
          `UPDATE ops.effects SET over_at = now(), failure = 'skipped' WHERE reactor = $1 AND over_at IS NULL AND outcome IS NULL`,
          [name],
        );
    });
  }

  private async place(name: string): Promise<(Place & PlaceRow) | undefined> {
    const { rows } = await this.pools.projector.query<PlaceRow>(
      'SELECT position, paused, event_stream, event_revision, event_id FROM ops.reactors WHERE name = $1',
      [name],
    );
    return rows[0];
  }

  private async firstPlace(name: string, types: readonly FactType[]): Promise<Place> {
    const first = await firstEvent(this.log);
    const place = await this.beginning(types);
    await this.pools.projector.query(
      `INSERT INTO ops.reactors (name, position, paused, event_stream, event_revision, event_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO NOTHING`,
      [name, place.position, place.paused, first?.stream ?? null, first?.revision ?? null, first?.id ?? null],
    );
    return place;
  }

  private async beginning(types: readonly FactType[]): Promise<Place> {
    if (await isLogNew(this.log, this.clock)) return { position: 0n, paused: null };
    const position = await this.log.head();
    for await (const event of this.log.readAll({ filter: { typePrefixes: types } })) {
      if (event.position > position) break;
      if (isOneOf(types, event.type)) return { position, paused: 'no_checkpoint' };
    }
    return { position, paused: null };
  }

  private async isOfThisLog({ position, ...last }: PlaceRow): Promise<boolean> {
    const { event_stream: stream, event_revision: revision, event_id: id } = last;
    if (position > (await this.log.head())) return false;
    if (stream === null) return true;
    for await (const event of this.log.readStream(stream, { from: Number(revision), limit: 1 })) return event.id === id;
    return false;
  }
}
