import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '#postgres';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ExpiredRows } from '../operational-state/expired-rows.js';

const INTERVAL_MILLISECONDS = 60 * 60 * 1000;

@Injectable()
export class Housekeeping {
  constructor(private readonly expired: ExpiredRows) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    while (!signal.aborted) {
      for (const remove of this.expired.removals) {
        await remove().catch((error: unknown) => {
          if (!isOutage(error)) logger.warn({ err: error }, 'Old rows could not be removed.');
        });
      }
      await sleep(INTERVAL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }
}
