import type { EventMetadata } from '#contracts';
import type { Instant } from '#kernel';

const REMEMBERED_MILLISECONDS = 7 * 24 * 60 * 60 * 1_000;

/** Where a command left its events in the stream. */
export interface CommandTrace {
  readonly first: number;
  readonly last: number;
  readonly requestHash: string;
  readonly recordedAt: Instant;
}

/** The commands of a stream's last seven days, by its own time: the line of idempotency that needs no table. */
export class CommandJournal {
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
    const horizon = Date.parse(now) - REMEMBERED_MILLISECONDS;
    for (const [commandId, { recordedAt }] of this.traces) {
      if (Date.parse(recordedAt) >= horizon) return;
      this.traces.delete(commandId);
    }
  }
}
