import type { INestApplication } from '@nestjs/common';
import pTimeout from 'p-timeout';

const CLOSE_MILLISECONDS_MAX = 15_000;

/** With the embedded parts, all is over within 30 seconds, whatever hangs. */
export const closed = async (app: INestApplication): Promise<void> => {
  const isLate = await pTimeout(
    app.close().then(() => false),
    { milliseconds: CLOSE_MILLISECONDS_MAX, fallback: () => true },
  );
  if (isLate) console.error('Something did not end in time, and is left. What was answered is in the log.');
};
