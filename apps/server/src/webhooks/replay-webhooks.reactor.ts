import { publicEventOf } from '#contracts';
import { EventLog } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { streamsOf, typesNamed } from '../feed/selection.js';
import { Looking } from '../worker/looking.js';
import type { Queued } from './delivery.js';
import { heardBy } from './hearing.js';
import { ReplayRows, type DueReplay } from './replay-rows.js';

const LOOK_MILLISECONDS = 1_000;
/** Looked at in one go: what is not wanted costs a read, too. */
const EVENTS_AT_A_TIME = 5_000;
/** A receiver that is slower than its replay does not make the queue grow. */
const WAITING_MAX = 1_000;

/** Queues what is sent again, so much in a second: the log has all that there ever was. Nothing else waits for it. */
@Injectable()
export class ReplayWebhooksReactor {
  constructor(
    private readonly log: EventLog,
    private readonly rows: ReplayRows,
    private readonly looking: Looking,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(() => this.goOn(signal), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      failure: 'Webhooks are not replayed at the moment; it is tried again.',
    });
  }

  private async goOn(signal: AbortSignal): Promise<void> {
    for (const replay of await this.rows.due()) {
      if (signal.aborted) return;
      const room = Math.min(replay.rate, WAITING_MAX - replay.waiting);
      if (room > 0) await this.queueSome(replay, room);
    }
  }

  private async queueSome(replay: DueReplay, room: number): Promise<void> {
    const { tenant_id: tenantId, through_position: through, endpoint } = replay;
    const types = replay.event_types.flatMap(typesNamed);
    const wanted = types.length === 0 ? undefined : new Set(types);
    const queued: Queued[] = [];
    let { position } = replay;
    let looked = 0;
    let isOver = true;
    for await (const logged of this.log.readAll({ after: position, filter: streamsOf({ tenantId }) })) {
      if (logged.position > through) break;
      if (queued.length >= room || looked >= EVENTS_AT_A_TIME) {
        isOver = false;
        break;
      }
      looked += 1;
      ({ position } = logged);
      const event = publicEventOf(logged);
      if (event === undefined || wanted?.has(event.type) === false) continue;
      queued.push(...heardBy(endpoint, event, replay.replay_id).map((heard) => ({ ...heard, logged })));
    }
    await this.rows.advance(replay, queued, isOver ? through : position, isOver);
  }
}
