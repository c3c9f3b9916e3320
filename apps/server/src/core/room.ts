import { statfsSync } from 'node:fs';
import {
  EventLogFull,
  EventLogLayer,
  type Appended,
  type EventLog,
  type ExpectedRevision,
  type ProposedEvent,
} from '#kernel';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Reserve } from './reserve.js';

/** Below this nothing is begun. */
const LEAST_BYTES = 24 * 1024 * 1024;

/** Below this nobody has any room. */
const GONE_BYTES = 1024 * 1024;
const LOOK_MILLISECONDS = 250;

/** Whether a log that had no room has some again is found out by trying. */
const TRIED_AGAIN_MILLISECONDS = 5_000;

/**
 * Whether there is room to write down what happens. Without, whatever writes is refused before it begins, and a reserve is given up so
 * that reads go on.
 */
@Injectable()
export class Room implements OnModuleDestroy {
  private readonly reserve: Reserve | null;
  private readonly looking: NodeJS.Timeout | undefined;
  private refusedAt = -Infinity;
  private free = Infinity;
  /** As it was last looked at: whoever writes does not ask the disk. */
  private isFolderFull = false;

  /** @param folder what the embedded parts write to; null where all of them are elsewhere */
  constructor(private readonly folder: string | null = null) {
    this.reserve = folder === null ? null : new Reserve(folder);
    if (this.reserve === null) return;
    this.look();
    this.looking = setInterval(() => this.look(), LOOK_MILLISECONDS).unref();
  }

  get isFull(): boolean {
    return performance.now() - this.refusedAt < TRIED_AGAIN_MILLISECONDS || this.isFolderFull;
  }

  /** The log had none. */
  refused(): void {
    this.refusedAt = performance.now();
  }

  taken(): void {
    this.refusedAt = -Infinity;
  }

  onModuleDestroy(): void {
    clearInterval(this.looking);
  }

  /** A reserve is given up only once nobody takes more: whoever fills a disk to its end would take that, too. */
  private look(): void {
    const free = freeBytesOf(this.folder!);
    const [reserve, before] = [this.reserve!, this.free];
    this.free = free;
    // A reserve that was given up is part of what there has to be room for.
    this.isFolderFull = free < LEAST_BYTES + (reserve.isHeld ? 0 : Reserve.BYTES);
    if (!this.isFolderFull) reserve.hold();
    else if (free < GONE_BYTES && free === before) reserve.release();
  }
}

/** A disk that cannot be asked has another trouble, which will be told. */
const freeBytesOf = (folder: string): number => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
};

/** Tells whether what is appended finds room. */
export class RoomyEventLog extends EventLogLayer {
  constructor(
    log: EventLog,
    private readonly room: Room,
  ) {
    super(log);
  }

  override async append(
    stream: string,
    events: readonly ProposedEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    try {
      const appended = await this.log.append(stream, events, expected);
      this.room.taken();
      return appended;
    } catch (error) {
      if (error instanceof EventLogFull) this.room.refused();
      throw error;
    }
  }
}
