import { EventLog, refuse } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OptionalMessages } from '../core/optional-messages.js';
import { PublishingCheckpoint } from './publishing-checkpoint.js';

export interface PublishingStatus {
  /** Whether NATS answers this process. */
  readonly connected: boolean;
  /** Everything up to here was acknowledged by JetStream. */
  readonly position: bigint;
  /** How far the log is ahead, in its own units. */
  readonly lag: bigint;
}

/** How far the publishing of events is, whichever process publishes. */
@Injectable()
export class Publishing {
  constructor(
    private readonly log: EventLog,
    private readonly nats: OptionalMessages,
    private readonly checkpoint: PublishingCheckpoint,
  ) {}

  /** Null where there is no NATS. @throws EventLogUnavailable, or what the database throws */
  async status(): Promise<PublishingStatus | null> {
    const { messages } = this.nats;
    if (!messages) return null;
    const [head, position = 0n, connected] = await Promise.all([
      this.log.head(),
      this.checkpoint.position(),
      messages.checkHealth().then(
        () => true,
        () => false,
      ),
    ]);
    return { connected, position, lag: head > position ? head - position : 0n };
  }

  /** Publishes everything after a position again. Answers up to where it was published before. */
  async again(from: bigint): Promise<bigint> {
    const before = await this.checkpoint.moveBack(from);
    return before ?? refuse('nothing_published', 'Nothing was published yet: is there a NATS server?');
  }
}
