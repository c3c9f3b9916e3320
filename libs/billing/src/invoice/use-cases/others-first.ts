let last: Promise<void> = Promise.resolve();

/**
 * Lets whatever waits in the process go before the next piece of long work. Pieces that are asked for at once take turns: between two of
 * them, requests are answered and timers fire.
 */
export const othersFirst = (): Promise<void> =>
  (last = last.then(() => new Promise((resolve) => setImmediate(resolve))));
