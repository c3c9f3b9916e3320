/** Subscriptions: when a filtered subscription says how far it has looked, also where nothing matched. */

export class CheckpointCadence {
  private considered = 0;
  private announced: number | undefined;

  /** @param interval events considered, matching or not, from one checkpoint to the next */
  constructor(private readonly interval: number) {}

  /** Whether a checkpoint is due after the event at this position. */
  isDueAfter(position: number): boolean {
    this.considered++;
    return this.considered >= this.interval && this.announce(position);
  }

  /** Whether to announce a position that ends a catch-up; the same one is never announced twice. */
  announce(position: number): boolean {
    this.considered = 0;
    if (position === this.announced) return false;
    this.announced = position;
    return true;
  }
}
