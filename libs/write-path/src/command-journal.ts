import type { EventMetadata } from '#contracts';
import { isBefore, plusDuration, type Instant } from '#kernel';

const REMEMBERED_DAYS = 7;

/** Where a command left its events in the stream. */
export interface CommandTrace {
  readonly first: number;
  readonly last: number;
  readonly requestHash: string;
  readonly recordedAt: Instant;
}

/** The commands of a stream's last seven days, by its own time: the line of idempotency that needs no table. */
export class CommandJournal {
  /** When the oldest of them is forgotten. */
  private until: Instant | undefined;

  /** @param traces by command, oldest first */
  constructor(readonly traces: Map<string, CommandTrace> = new Map()) {}

  find(commandId: string): CommandTrace | undefined {
    return this.traces.get(commandId);
  }

  note({ commandId, requestHash, recordedAt }: EventMetadata, revision: number): void {
    const known = this.traces.get(commandId);
    this.traces.set(commandId, { first: known?.first ?? revision, last: revision, requestHash, recordedAt });
    this.prune(recordedAt);
  }

  /** Oldest first is the order of insertion, so pruning stops at the first that stays. */
  private prune(now: Instant): void {
    if (this.until !== undefined && !isBefore(this.until, now)) return;
    for (const [commandId, { recordedAt }] of this.traces) {
      this.until = plusDuration(recordedAt, { days: REMEMBERED_DAYS });
      if (!isBefore(this.until, now)) return;
      this.traces.delete(commandId);
    }
  }
}
