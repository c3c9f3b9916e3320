/** Storage: keys whose byte order is the order of the log and of each stream. */
import { createHash } from 'node:crypto';

const TWO_32 = 2 ** 32;

const writeUint64 = (bytes: Buffer, value: number, at: number): void => {
  bytes.writeUInt32BE(Math.floor(value / TWO_32), at);
  bytes.writeUInt32BE(value % TWO_32, at + 4);
};

const readUint64 = (bytes: Buffer, at: number): number => bytes.readUInt32BE(at) * TWO_32 + bytes.readUInt32BE(at + 4);

export const positionKey = (position: number): Buffer => {
  const key = Buffer.allocUnsafe(8);
  writeUint64(key, position, 0);
  return key;
};

export const positionOf = (key: Buffer): number => readUint64(key, 0);

/** Sorts before every revision of the stream, and after every revision of the one before. */
export const streamNumberKey = (streamNumber: number): Buffer => {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(streamNumber);
  return key;
};

export const streamNumberOf = (key: Buffer): number => key.readUInt32BE(0);

/** A stream's number and a revision, which takes 64 bits: a tombstone's is the greatest that the protocol knows. */
export const revisionKey = (streamNumber: number, revision: number): Buffer => {
  const key = Buffer.allocUnsafe(12);
  key.writeUInt32BE(streamNumber);
  writeUint64(key, revision, 4);
  return key;
};

export const revisionOf = (key: Buffer): number => readUint64(key, 4);

/** LMDB holds longer keys, but an index of very long ones has few on a page. */
const LONGEST_NAME = 512;
/** No UTF-8 text begins with this byte, so a digest cannot meet a name. */
const DIGEST_MARK = Buffer.from([0xff]);

export const streamNameKey = (name: string): Buffer => {
  const key = Buffer.from(name);
  if (key.length <= LONGEST_NAME) return key;
  return Buffer.concat([DIGEST_MARK, createHash('sha512').update(key).digest()]);
};
