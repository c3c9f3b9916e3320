/** Storage: what a folder of the layout before gets that this one has: a checksum for each record. */
import { positionKey, positionOf } from './keys.js';
import { isSealed, sealRecord } from './sealed-record.js';
import { type Tables } from './tables.js';

/** Events that share a flush. */
const GROUP = 10_000;

/** Each record says whether it has one: interrupted, it goes on where it was. */
export const addChecksums = ({ root, events }: Pick<Tables, 'root' | 'events'>): void => {
  for (let from: number | undefined = 0; from !== undefined; from = sealGroup({ root, events }, from));
};

/** Where the next group begins, if there is one. */
const sealGroup = ({ root, events }: Pick<Tables, 'root' | 'events'>, from: number): number | undefined => {
  const group = [...events.getRange({ start: positionKey(from), limit: GROUP })];
  root.transactionSync(() => {
    for (const { key, value } of group) if (!isSealed(value)) events.putSync(key, sealRecord(value));
  });
  const last = group.at(-1);
  return last && positionOf(last.key) + 1;
};
