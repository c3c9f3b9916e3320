import type { Metadata } from '#contracts';
import { isSame, refuseAt } from '#kernel';

/** Texts to set, null removes one; null removes all. */
export type MetadataChange = Readonly<Record<string, string | null>> | null;

const KEYS_MAX = 50;

/** What it is after the change; undefined where that is what it was. @throws DomainError `too_much_metadata` */
export const changedMetadata = (metadata: Metadata, change: MetadataChange): Metadata | undefined => {
  const changed = change === null ? {} : merged(metadata, change);
  if (Object.keys(changed).length > KEYS_MAX) {
    return refuseAt('/metadata', 'too_much_metadata', `There would be more than ${KEYS_MAX} texts.`);
  }
  return isSame(metadata, changed) ? undefined : changed;
};

const merged = (metadata: Metadata, change: Exclude<MetadataChange, null>): Metadata =>
  Object.fromEntries(
    Object.entries({ ...metadata, ...change }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
