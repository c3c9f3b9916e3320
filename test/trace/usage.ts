import type { UsageEvent } from './scenario.js';
import type { UsageAnswer } from './resources.js';
import type { Stack } from './stack.js';

const BATCH = 1_000;
const IN_FLIGHT = 4;

export interface Sent {
  /** How many results had each status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly position: string;
  readonly seconds: number;
}

/** Sends readings in batches of 1,000, a few at a time; what is not answered is sent again until it is. */
export const send = async (
  stack: Stack,
  events: readonly UsageEvent[],
  onAnswered?: (batches: number) => void,
): Promise<Sent> => {
  const batches = Array.from({ length: Math.ceil(events.length / BATCH) }, (_, index) =>
    events.slice(index * BATCH, (index + 1) * BATCH),
  );
  const statuses: Record<string, number> = {};
  let position = 0n;
  let answered = 0;
  const begun = performance.now();
  const sendNext = async (): Promise<void> => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const body = { events: batch };
      const { results, log } = await stack.patiently((client) => client.post<UsageAnswer>('usage', body));
      for (const { status, code } of results) {
        const key = code ? `${status} ${code}` : status;
        statuses[key] = (statuses[key] ?? 0) + 1;
      }
      if (BigInt(log.position) > position) position = BigInt(log.position);
      answered += 1;
      onAnswered?.(answered);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, sendNext));
  return { statuses, position: String(position), seconds: (performance.now() - begun) / 1000 };
};
