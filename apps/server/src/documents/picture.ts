import type { Logo } from '#contracts';

/** What a file says of itself in its first bytes, whatever it is called. */
export type Picture = Pick<Logo, 'mediaType' | 'width' | 'height'>;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** A PNG, or a JPEG in grey or RGB: others have their colours for printing presses. Undefined of all else, and of what has no size. */
export const pictureIn = (bytes: Buffer): Picture | undefined => {
  try {
    const size = sizeIn(bytes);
    return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
  } catch {
    // Cut short: what is read is behind the end.
    return undefined;
  }
};

const sizeIn = (bytes: Buffer): Picture | undefined => {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return pngSize(bytes);
  return bytes.subarray(0, JPEG.length).equals(JPEG) ? jpegSize(bytes) : undefined;
};

/** `IHDR` comes first (PNG, 5.6). */
const pngSize = (bytes: Buffer): Picture | undefined =>
  bytes.toString('latin1', 12, 16) === 'IHDR'
    ? { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined;

const START_OF_SCAN = 0xda;
/** Baseline, extended, progressive (ITU-T T.81, table B.1). */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];
const GREY_OR_COLOUR: readonly number[] = [1, 3];

/** Segment after segment, until the one with the size. */
const jpegSize = (bytes: Buffer): Picture | undefined => {
  for (let at = 2; bytes.readUInt8(at) === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === START_OF_SCAN) return undefined;
    if (!FRAMES.includes(marker)) continue;
    const [height, width, components] = [
      bytes.readUInt16BE(at + 5),
      bytes.readUInt16BE(at + 7),
      bytes.readUInt8(at + 9),
    ];
    return GREY_OR_COLOUR.includes(components) ? { mediaType: 'image/jpeg', width, height } : undefined;
  }
  return undefined;
};
