/** Subscriptions: walks stored events in slices, so that a long walk neither fills memory nor holds up the event loop. */
import { setImmediate as nextTurn } from 'node:timers/promises';

import { type Sink } from './sink.js';

/** Whether the walk goes on at once, when the client is ready again, or not at all. */
export type Verdict = 'go_on' | 'wait' | 'stop';

const SLICE = 512;

/** Ends when `remaining` has no more. It is asked again after every pause, and no pause follows when it is empty. */
export const walk = async <Event>(
  sink: Sink,
  remaining: () => Iterable<Event>,
  visit: (event: Event) => Verdict,
): Promise<void> => {
  while (!sink.closed) {
    let visited = 0;
    let verdict: Verdict = 'go_on';
    for (const event of remaining()) {
      verdict = visit(event);
      visited++;
      if (verdict !== 'go_on' || visited === SLICE) break;
    }
    if (verdict === 'stop' || (verdict === 'go_on' && visited < SLICE)) return;
    await (verdict === 'wait' ? sink.drained() : nextTurn());
  }
};
