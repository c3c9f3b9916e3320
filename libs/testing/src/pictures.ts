import { crc32, deflateSync } from 'node:zlib';

/** One blue point, as PNG. */
export const POINT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** Of one colour, which can be seen through where that is asked for; cut off at a byte. In base64. */
export const pngOf = (
  width: number,
  height: number,
  { alpha = false, cutAt }: { readonly alpha?: boolean; readonly cutAt?: number } = {},
): string => {
  const channels = alpha ? 4 : 3;
  // Each row begins with how it is filtered: not at all.
  const row = Buffer.alloc(1 + width * channels, 0x5a).fill(0, 0, 1);
  return fileOf(width, height, channels, Buffer.alloc(row.length * height, row))
    .subarray(0, cutAt)
    .toString('base64');
};

/** Each row differs from the one above it in the same way: some kilobytes of PNG, and hardly less than all of it as a PDF packs it. In base64. */
export const patternedPng = (side: number): string => {
  const UP = 2;
  let seed = 1;
  const row = Buffer.from([UP, ...Array.from({ length: side * 3 }, () => (seed = (seed * 48_271) % 0x7fff_ffff) >> 8)]);
  return fileOf(side, side, 3, Buffer.alloc(row.length * side, row)).toString('base64');
};

const fileOf = (width: number, height: number, channels: 3 | 4, rows: Buffer): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 4 ? 6 : 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};
