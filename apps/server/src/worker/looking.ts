import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, EventLog, EventLogUnavailable } from '#kernel';
import { isOutage } from '#postgres';
import { ProjectionStatuses } from '#projection';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

const READ_MODEL_PATIENCE_MILLISECONDS = 30_000;

/** How it is looked again and again. */
export interface LookingAgain {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Between two looks. */
  readonly milliseconds: number;
  /** What ends the pause before. */
  readonly sooner?: () => Iterable<Promise<unknown>>;
  /** What is logged where a look failed. */
  readonly failure: string;
}

/** What is to be done, and up to where in the log that is known. */
export interface Found<Thing> {
  readonly things: readonly Thing[];
  readonly head: bigint;
}

/** How workers find what is to be done: by read models, looked at again and again. */
@Injectable()
export class Looking {
  constructor(
    private readonly statuses: ProjectionStatuses,
    private readonly log: EventLog,
  ) {}

  /**
   * Looks until the signal aborts: again at once after one that says that there is more (`true`), after a pause otherwise. One that failed
   * is logged, unless somebody is away or behind, and tried again.
   */
  async again(
    look: () => Promise<unknown>,
    { signal, logger, milliseconds, sooner = () => [], failure }: LookingAgain,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        if ((await look()) === true) continue;
      } catch (error) {
        if (signal.aborted) return;
        reportUnlessOutage(error, logger, failure);
      }
      const pause = sleep(milliseconds, undefined, { signal }).catch(() => undefined);
      await Promise.race([pause, ...sooner()]);
    }
  }

  /**
   * What read models show once they show the whole log: new, rebuilt or behind, they show what was settled long ago. Nobody waits for them
   * where they show nothing: undefined.
   */
  async found<Thing>(
    readModels: readonly string[],
    look: () => Promise<readonly Thing[]>,
    signal: AbortSignal,
  ): Promise<Found<Thing> | undefined> {
    if ((await look()).length === 0) return undefined;
    const head = await this.upToDate(readModels, signal);
    return { things: await look(), head };
  }

  /** Waits until read models show the whole log as it is by now. @returns where that ends */
  async upToDate(readModels: readonly string[], signal: AbortSignal): Promise<bigint> {
    const head = await this.log.head();
    await this.statuses.waitFor(readModels, head, READ_MODEL_PATIENCE_MILLISECONDS, signal);
    return head;
  }
}

export const reportUnlessOutage = (error: unknown, logger: Logger, failure: string): void => {
  if (isOutage(error) || error instanceof EventLogUnavailable || error instanceof DomainError) return;
  logger.error({ err: error }, failure);
};
