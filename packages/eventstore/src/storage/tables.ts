/** Storage: the tables of a folder: events by position, positions by stream and revision, stream numbers by name. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { type Database, open, type RootDatabase } from 'lmdb';

import { addChecksums } from './upgrade.js';

export type Table = Database<Buffer, Buffer>;

export interface Tables {
  readonly root: RootDatabase<Buffer, Buffer>;
  readonly events: Table;
  readonly streamEvents: Table;
  readonly streams: Table;
}

const LAYOUT = '2';
const LAYOUT_WITHOUT_CHECKSUMS = '1';
const LAYOUT_KEY = Buffer.from('layout');
const BINARY = { encoding: 'binary', keyEncoding: 'binary' } as const;
const FILE = 'data.mdb';

/** A folder written by a version that stores its events in another way. */
export class UnknownLayout extends Error {
  override readonly name = 'UnknownLayout';
}

export class NoStore extends Error {
  override readonly name = 'NoStore';
}

export const fileOf = (folder: string): string => join(folder, FILE);

/** @param onUpgrade told before the folder is brought to this layout, which takes as long as it has events */
export const openTables = (folder: string, onUpgrade: () => void = () => undefined): Tables => {
  // Without overlapping sync a transaction returns after its pages, and then its meta page, have reached the disk.
  const root = open<Buffer, Buffer>({ path: folder, noSubdir: false, overlappingSync: false, ...BINARY });
  const about = root.openDB<Buffer, Buffer>({ name: 'about', ...BINARY });
  const layout = about.get(LAYOUT_KEY)?.toString();
  if (layout === LAYOUT_WITHOUT_CHECKSUMS) {
    onUpgrade();
    addChecksums({ root, events: root.openDB<Buffer, Buffer>({ name: 'events', ...BINARY }) });
  }
  if (layout === undefined || layout === LAYOUT_WITHOUT_CHECKSUMS) {
    root.transactionSync(() => about.putSync(LAYOUT_KEY, Buffer.from(LAYOUT)));
  }
  return tablesOf(root, about);
};

/** Beside a process that writes, if there is one: LMDB's readers see a snapshot and hold nobody up. */
export const openTablesToRead = (folder: string): Tables => {
  if (!existsSync(fileOf(folder))) throw new NoStore(`There is no event store in ${folder}.`);
  // LMDB would fall over an empty file.
  if (statSync(fileOf(folder)).size === 0) throw new NoStore(`The event store in ${folder} was never used.`);
  const root = open<Buffer, Buffer>({ path: folder, noSubdir: false, readOnly: true, ...BINARY });
  try {
    return tablesToReadOf(root, folder);
  } catch (error) {
    void root.close();
    throw error;
  }
};

/** Tables are missing if the process that was to make them was killed before its first flushes. */
const tablesToReadOf = (root: RootDatabase<Buffer, Buffer>, folder: string): Tables => {
  const about = root.openDB<Buffer, Buffer>({ name: 'about', ...BINARY }) as Table | undefined;
  const tables = about?.get(LAYOUT_KEY) && tablesOf(root, about);
  if (tables === undefined || Object.values(tables).includes(undefined))
    throw new NoStore(`The event store in ${folder} was never used.`);
  return tables;
};

const tablesOf = (root: RootDatabase<Buffer, Buffer>, about: Table): Tables => {
  const layout = about.get(LAYOUT_KEY)?.toString();
  if (layout === LAYOUT_WITHOUT_CHECKSUMS) {
    throw new UnknownLayout('The data have layout 1, without checksums: serve the folder once, which upgrades it.');
  }
  if (layout !== LAYOUT) throw new UnknownLayout(`The data have layout ${layout}; this version knows ${LAYOUT}.`);
  return {
    root,
    events: root.openDB({ name: 'events', ...BINARY }),
    streamEvents: root.openDB({ name: 'stream-events', ...BINARY }),
    streams: root.openDB({ name: 'streams', ...BINARY }),
  };
};
