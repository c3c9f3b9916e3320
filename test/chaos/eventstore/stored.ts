/** Chaos: what a folder holds, and whether it is in order. */
import { eventsOfFolder } from '../../../packages/eventstore/src/operations/local-store.js';
import { verify } from '../../../packages/eventstore/src/operations/verify.js';
import { NoStore } from '../../../packages/eventstore/src/storage/tables.js';

export interface Stored {
  /** The ids of each stream, in its order. */
  readonly streams: ReadonlyMap<string, readonly string[]>;
  /** Ids in the order of the log. */
  readonly log: readonly string[];
  readonly isInOrder: boolean;
}

const NOTHING: Stored = { streams: new Map(), log: [], isInOrder: true };

export const readStored = async (folder: string): Promise<Stored> => {
  try {
    const streams = new Map<string, string[]>();
    const log: string[] = [];
    for await (const { stream, id } of eventsOfFolder(folder)) {
      log.push(id);
      const ids = streams.get(stream);
      if (ids === undefined) streams.set(stream, [id]);
      else ids.push(id);
    }
    return { streams, log, isInOrder: await verify(folder, () => undefined) };
  } catch (error) {
    if (error instanceof NoStore) return NOTHING;
    throw error;
  }
};
