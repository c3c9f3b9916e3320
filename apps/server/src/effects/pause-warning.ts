import type { Logger } from 'pino';
import type { PauseReason } from './reactor-statuses.js';

/** Says that a reactor is paused, once until it goes on. */
export class PauseWarning {
  private said = false;

  constructor(private readonly reactor: string) {}

  /** @returns whether it is paused */
  of(paused: PauseReason | null, logger: Logger): boolean {
    if (paused !== null && !this.said)
      logger.warn(
        { reactor: this.reactor, reason: paused },
        'A reactor is paused: it does not know what was done already. An operator lets it go on (POST /v1/reactors/{name}/resume), or skips what waits.',
      );
    this.said = paused !== null;
    return this.said;
  }
}
