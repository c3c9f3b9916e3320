/** Storage: what a folder of the layout before gets that this one has: a checksum for each record. */
import { type Database, type RootDatabase } from 'lmdb';
import { positionKey, positionOf } from './keys.js';
import { isSealed, sealRecord } from './sealed-record.js';

/** Events that share a flush. */
const GROUP = 10_000;

/** What of a store its events are kept in. */
interface Kept {
  readonly root: RootDatabase<Buffer, Buffer>;
  readonly events: Database<Buffer, Buffer>;
}

/** Each record says whether it has one: interrupted, it goes on where it was. */
export const addChecksums = ({ root, events }: Kept): void => {
  for (let from: number | undefined = 0; from !== undefined; from = sealGroup({ root, events }, from));
};

/** Where the next group begins, if there is one. */
const sealGroup = ({ root, events }: Kept, from: number): number | undefined => {
  const group = [...events.getRange({ start: positionKey(from), limit: GROUP })];
  root.transactionSync(() => {
    for (const { key, value } of group) if (!isSealed(value)) events.putSync(key, sealRecord(value));
  });
  const last = group.at(-1);
  return last && positionOf(last.key) + 1;
};
