/** A turn of the process that takes longer keeps others waiting. */
const TURN_MILLISECONDS = 8;
const PIECES_MAX = 8;

let last: Promise<void> = Promise.resolve();
let begun = -Infinity;
/** How many pieces of work a turn may have, and has had. */
let pieces = 1;
let taken = 0;

/**
 * Lets whatever waits in the process go before the next piece of long work. Pieces that are asked for at once take turns: between two
 * turns, requests are answered and timers fire. Short pieces share a turn, so that what they append goes to the log together; a long one has
 * its own.
 */
export const othersFirst = (): Promise<void> => (last = last.then(() => (++taken < pieces ? undefined : nextTurn())));

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(() => {
      const now = performance.now();
      pieces = now - begun > TURN_MILLISECONDS ? 1 : Math.min(pieces * 2, PIECES_MAX);
      begun = now;
      taken = 0;
      resolve();
    });
  });
