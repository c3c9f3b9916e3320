import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';

const CLOSE_MILLISECONDS_MAX = 15_000;

/** With the embedded parts, all is over within 30 seconds, whatever hangs. */
export const closed = async (app: INestApplication): Promise<void> => {
  const late = sleep(CLOSE_MILLISECONDS_MAX, true, { ref: false });
  if (await Promise.race([app.close().then(() => false), late]))
    console.error('Something did not end in time, and is left. What was answered is in the log.');
};
