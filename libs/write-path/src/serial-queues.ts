/** Runs the tasks of one key one after the other, those of different keys side by side. */
export class SerialQueues {
  /** Of each key that has a task, those who wait for it. */
  private readonly waiting = new Map<string, (() => void)[] | null>();

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const queue = this.waiting.get(key);
    if (queue === undefined) this.waiting.set(key, null);
    else await this.turn(key, queue);
    try {
      return await task();
    } finally {
      const next = this.waiting.get(key)?.shift();
      if (next === undefined) this.waiting.delete(key);
      else next();
    }
  }

  private turn(key: string, queue: (() => void)[] | null): Promise<void> {
    const own = queue ?? [];
    if (queue === null) this.waiting.set(key, own);
    return new Promise((resolve) => void own.push(resolve));
  }
}
