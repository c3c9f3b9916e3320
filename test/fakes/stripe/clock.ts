interface Job {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Goes as clocks do, and can be moved. What is put off comes when it is due, in order, each at its own time. */
export class MovableClock {
  private offset = 0;
  private stopped: number | undefined;
  private jobs: Job[] = [];
  private put = 0;

  /** Whole seconds since 1970, as the API tells time. */
  now(): number {
    return this.stopped ?? Math.floor(Date.now() / 1_000) + this.offset;
  }

  after(seconds: number, run: () => void): void {
    const job = { at: this.now() + seconds, order: (this.put += 1), run };
    this.jobs.push(job);
    this.jobs.sort((left, right) => left.at - right.at || left.order - right.order);
  }

  advance(seconds: number): void {
    this.runUntil(this.now() + seconds);
    this.offset += seconds;
  }

  /** What has come due by itself. */
  catchUp(): void {
    if (this.jobs.length > 0 && this.jobs[0]!.at <= this.now()) this.runUntil(this.now());
  }

  private runUntil(end: number): void {
    while (this.jobs.length > 0 && this.jobs[0]!.at <= end) {
      const job = this.jobs.shift()!;
      this.stopped = Math.max(job.at, this.now());
      job.run();
    }
    this.stopped = undefined;
  }
}
