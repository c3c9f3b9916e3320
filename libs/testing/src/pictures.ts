import { crc32, deflateSync } from 'node:zlib';

/** One blue point, as PNG. */
export const POINT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** Of one colour, which can be seen through where that is asked for; cut off at a byte. In base64. */
export const pngOf = (
  width: number,
  height: number,
  { alpha = false, cutAt }: { readonly alpha?: boolean; readonly cutAt?: number } = {},
): string => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, alpha ? 6 : 2], 8);
  // Each row begins with how it is filtered: not at all.
  const row = Buffer.alloc(1 + width * (alpha ? 4 : 3), 0x5a).fill(0, 0, 1);
  const rows = deflateSync(Buffer.alloc(row.length * height, row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const file = Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
  return file.subarray(0, cutAt).toString('base64');
};

const chunk = (type: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};
