import { INSTALLATION_STREAM, metadataOf } from '#contracts';
import { Clock, EventLog, refuse, type LoggedEvent } from '#kernel';
import { inTransaction } from '#postgres';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

/** Why a reactor waits for somebody: its place is not known, or is of another log. */
export type PauseReason = 'no_checkpoint' | 'another_log';

/** Where a reactor stands. */
export interface Place {
  readonly position: bigint;
  readonly paused: PauseReason | null;
}

/** Something that was asked for and is not done: by the event that asks for it. */
export interface Effect {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  /** How often it was tried. */
  readonly attempts: number;
}

/** How a reactor is, for those who look after it. */
export interface ReactorStatus extends Place {
  readonly name: string;
  readonly waiting: number;
  /** Tried, and to be tried again. */
  readonly failing: number;
  readonly lastFailure: string | null;
}

const NEW_LOG_MILLISECONDS = 10 * 60 * 1_000;

interface PlaceRow {
  readonly position: bigint;
  readonly paused: PauseReason | null;
  readonly event_stream: string | null;
  readonly event_revision: bigint | null;
  readonly event_id: string | null;
}

/** Effects, and how far those who do them have followed the log. */
@Injectable()
export class EffectRows {
  constructor(
    private readonly pools: Pools,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Where a reactor goes on. Without a place, as on a database made anew, it is at the end of the log, and paused: nothing of years ago is done again.
   * Of a log that is new itself, at its beginning. Paused, too, where the log does not have the event at which it stood.
   */
  async begin(name: string): Promise<Place> {
    const known = await this.place(name);
    if (known === undefined) return this.firstPlace(name);
    if (known.paused !== null || (await this.isOfThisLog(known))) return known;
    await this.pools.projector.query(`UPDATE ops.reactors SET paused = 'another_log' WHERE name = $1`, [name]);
    return { ...known, paused: 'another_log' };
  }

  /** Takes in what events ask for and the place behind them, at once. False if the reactor was moved or paused meanwhile. */
  async take(name: string, before: bigint, events: readonly LoggedEvent[], position: bigint): Promise<boolean> {
    const last = events.at(-1);
    return inTransaction(this.pools.projector, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE ops.reactors SET position = $3, updated_at = now(),
                event_stream = coalesce($4, event_stream), event_revision = coalesce($5, event_revision), event_id = coalesce($6, event_id)
          WHERE name = $1 AND position = $2 AND paused IS NULL`,
        [name, before, position, last?.stream ?? null, last?.revision ?? null, last?.id ?? null],
      );
      if (rowCount !== 1) return false;
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
      return true;
    });
  }

  /** Whether a reactor goes on, and is as far as that. */
  async isAtLeastAt(name: string, position: bigint): Promise<boolean> {
    const place = await this.place(name);
    return place !== undefined && place.paused === null && place.position >= position;
  }

  /** What is due, the longest waiting first. */
  async due(name: string, limit: number): Promise<readonly Effect[]> {
    const { rows } = await this.pools.projector.query<{
      event_id: string;
      stream: string;
      revision: bigint;
      attempts: number;
    }>(
      `SELECT event_id, stream, revision, attempts FROM ops.effects
        WHERE reactor = $1 AND over_at IS NULL AND due_at <= now() ORDER BY due_at, position LIMIT $2`,
      [name, limit],
    );
    return rows.map(({ event_id: eventId, stream, revision, attempts }) => ({
      eventId,
      stream,
      revision: Number(revision),
      attempts,
    }));
  }

  async over(name: string, { eventId }: Effect): Promise<void> {
    await this.pools.projector.query(
      'UPDATE ops.effects SET over_at = now(), failure = NULL WHERE reactor = $1 AND event_id = $2',
      [name, eventId],
    );
  }

  /** @param seconds until it is tried again */
  async failed(name: string, { eventId }: Effect, failure: string, seconds: number): Promise<void> {
    await this.pools.projector.query(
      `UPDATE ops.effects SET attempts = attempts + 1, failure = $3, due_at = now() + $4 * interval '1 second'
        WHERE reactor = $1 AND event_id = $2`,
      [name, eventId, failure.slice(0, 500), seconds],
    );
  }

  async statuses(names: readonly string[]): Promise<readonly ReactorStatus[]> {
    const { rows } = await this.pools.owner.query<{
      name: string;
      position: bigint | null;
      paused: PauseReason | null;
      waiting: bigint;
      failing: bigint;
      failure: string | null;
    }>(
      `SELECT n.name, r.position, r.paused, e.waiting, e.failing, e.failure
         FROM unnest($1::text[]) AS n(name)
         LEFT JOIN ops.reactors AS r ON r.name = n.name
         CROSS JOIN LATERAL (SELECT count(*) AS waiting, count(*) FILTER (WHERE attempts > 0) AS failing,
                                    (array_agg(failure ORDER BY due_at DESC) FILTER (WHERE failure IS NOT NULL))[1] AS failure
                               FROM ops.effects WHERE reactor = n.name AND over_at IS NULL) AS e`,
      [names],
    );
    return rows.map(({ name, position, paused, waiting, failing, failure }) => ({
      name,
      position: position ?? 0n,
      paused,
      waiting: Number(waiting),
      failing: Number(failing),
      lastFailure: failure,
    }));
  }

  /**
   * Lets a paused reactor go on: from where it was paused, or from another place, which may be before. What is over is not done again.
   * @throws DomainError `reactor_not_paused` | `position_beyond_head`
   */
  async resume(name: string, after?: bigint): Promise<void> {
    const head = await this.log.head();
    if (after !== undefined && after > head) refuse('position_beyond_head', `The log ends at ${head}.`);
    const { rowCount } = await this.pools.owner.query(
      `UPDATE ops.reactors SET paused = NULL, position = least(coalesce($2, position), $3), event_stream = NULL,
              event_revision = NULL, event_id = NULL, updated_at = now() WHERE name = $1 AND paused IS NOT NULL`,
      [name, after ?? null, head],
    );
    if (rowCount !== 1) refuse('reactor_not_paused', 'The reactor is not paused.', 'conflict');
  }

  /** Lets a paused reactor go on from the end of the log, and leaves what came since it was paused undone. @throws DomainError `reactor_not_paused` */
  async skip(name: string): Promise<void> {
    await this.resume(name, await this.log.head());
  }

  private async place(name: string): Promise<(Place & PlaceRow) | undefined> {
    const { rows } = await this.pools.projector.query<PlaceRow>(
      'SELECT position, paused, event_stream, event_revision, event_id FROM ops.reactors WHERE name = $1',
      [name],
    );
    return rows[0];
  }

  private async firstPlace(name: string): Promise<Place> {
    const isNew = await this.isLogNew();
    const place: Place = isNew
      ? { position: 0n, paused: null }
      : { position: await this.log.head(), paused: 'no_checkpoint' };
    await this.pools.projector.query(
      'INSERT INTO ops.reactors (name, position, paused) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING',
      [name, place.position, place.paused],
    );
    return place;
  }

  private async isOfThisLog({ position, ...last }: PlaceRow): Promise<boolean> {
    const { event_stream: stream, event_revision: revision, event_id: id } = last;
    if (position > (await this.log.head())) return false;
    if (stream === null) return true;
    for await (const event of this.log.readStream(stream, { from: Number(revision), limit: 1 })) return event.id === id;
    return false;
  }

  private async isLogNew(): Promise<boolean> {
    for await (const created of this.log.readStream(INSTALLATION_STREAM, { limit: 1 }))
      return Date.parse(this.clock.now()) - Date.parse(metadataOf(created).recordedAt) < NEW_LOG_MILLISECONDS;
    return true;
  }
}
