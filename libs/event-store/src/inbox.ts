/** What waits here at most, whichever is reached first. */
const MOST_ITEMS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Nothing arrived in the time that was given. */
export class Silence extends Error {
  override readonly name = 'Silence';

  constructor() {
    super('No answer came in time.');
  }
}

/** A timer that is this late says that the process stood still, not whoever was waited for. */
const STOOD_STILL_MS = 500;

/** Between a call that delivers and a consumer that takes at its own pace: bounded, the call waits while it is full. */
export class Inbox<Item> {
  private items: Item[] = [];
  private sizes: number[] = [];
  private bytes = 0;
  private goOn: (() => void) | undefined;
  private waiting: (() => void) | undefined;
  private filling: { readonly items: number; readonly enough: () => void } | undefined;
  private over = false;
  private failure: Error | undefined;

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** Whether there is room for more. If not, `goOn` is called as soon as there is. */
  put(item: Item, bytes: number, goOn?: () => void): boolean {
    this.items.push(item);
    this.sizes.push(bytes);
    this.bytes += bytes;
    this.wake();
    const hasRoom = this.items.length < MOST_ITEMS && this.bytes < MOST_BYTES;
    if (!hasRoom) this.goOn = goOn ?? this.goOn;
    if (!hasRoom || (this.filling && this.items.length >= this.filling.items)) this.enough();
    return hasRoom;
  }

  /** Whoever waits for more takes what there is. */
  enough(): void {
    this.filling?.enough();
  }

  /** What was put before can still be taken. The first end counts: a call that is over may fail all the same. */
  end(failure?: Error): void {
    if (this.over) return;
    this.failure = failure;
    this.over = true;
    this.wake();
    this.enough();
  }

  /**
   * All that is there, up to a number; waits for the first one. Nothing is taken only after the end.
   * @throws Silence if nothing comes in time: what is only taken late was there
   */
  async take(most = Infinity, withinMs?: number): Promise<readonly Item[]> {
    if (this.isEmpty && !this.over) await this.arrival(withinMs);
    if (this.isEmpty && this.failure !== undefined) throw this.failure;
    const taken = this.items.splice(0, most);
    for (const size of this.sizes.splice(0, most)) this.bytes -= size;
    this.makeRoom();
    return taken;
  }

  /** Until so many are there, or it is full, over or told to be enough; a bounded time in any case. */
  filled(items: number, withinMs: number): Promise<void> {
    if (this.over || this.items.length >= items || this.goOn !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const enough = (): void => {
        clearTimeout(timer);
        this.filling = undefined;
        resolve();
      };
      const timer = setTimeout(enough, withinMs);
      this.filling = { items, enough };
    });
  }

  private arrival(withinMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const patience = withinMs === undefined ? undefined : startPatience(withinMs, () => this.end(new Silence()));
      this.waiting = () => {
        patience?.stop();
        resolve();
      };
    });
  }

  private makeRoom(): void {
    const { goOn } = this;
    this.goOn = undefined;
    goOn?.();
  }

  /** After what the event loop has at hand: whoever waits gets all that arrived together. */
  private wake(): void {
    if (this.waiting === undefined) return;
    setImmediate(this.waiting);
    this.waiting = undefined;
  }
}

const startPatience = (milliseconds: number, over: () => void): { stop(): void } => {
  let timer: NodeJS.Timeout;
  const begin = (): void => {
    const due = performance.now() + milliseconds;
    timer = setTimeout(() => (performance.now() - due > STOOD_STILL_MS ? begin() : over()), milliseconds);
  };
  begin();
  return { stop: () => clearTimeout(timer) };
};
