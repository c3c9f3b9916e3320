/** Storage: a record as it lies on the disk: a mark, a checksum (CRC32C), and the encoded event. */
import crc32c from 'crc-32/crc32c.js';

/** No encoded event begins with this byte, so that a record of the layout before, which has no checksum, is told from one that has. */
const MARK = 0x01;
const HEADER_SIZE = 5;

/** The disk, or somebody, gave back other bytes than were stored. */
export class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord';

  constructor(
    readonly position: number,
    what: string,
  ) {
    super(`The event at position ${position} is damaged: ${what}.`);
  }
}

export const sealRecord = (record: Buffer): Buffer => {
  const sealed = Buffer.allocUnsafe(HEADER_SIZE + record.length);
  sealed[0] = MARK;
  sealed.writeInt32LE(crc32c.buf(record), 1);
  record.copy(sealed, HEADER_SIZE);
  return sealed;
};

/** A view of its bytes. @throws DamagedRecord */
export const openRecord = (sealed: Buffer, position: number): Buffer => {
  if (!isSealed(sealed)) throw new DamagedRecord(position, 'it has no checksum');
  const record = recordIn(sealed);
  if (sealed.readInt32LE(1) === crc32c.buf(record)) return record;
  throw new DamagedRecord(position, 'its checksum is another one than its bytes have');
};

export const isSealed = (stored: Buffer): boolean => stored[0] === MARK && stored.length >= HEADER_SIZE;

/** Its bytes as they are, right or not. */
export const recordIn = (sealed: Buffer): Buffer => sealed.subarray(HEADER_SIZE);
