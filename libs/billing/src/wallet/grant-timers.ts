import type { Timer } from '#contracts';
import type { Instant } from '#kernel';
import { timerOf } from '../timer/timer.js';
import type { Grant } from './wallet.js';

/** Lets what is left of a grant lapse, or looks again at what is held of it. */
export const expiryTimer = ({ id, looks }: Pick<Grant, 'id' | 'looks'>, at: Instant): Timer =>
  timerOf('grant-expires', id, at, looks + 1);
