const TABLE_RECORD = 16;
const NAME_RECORD = 12;
/** Name ids: the family as typesetters know it, and as all others do. */
const TYPOGRAPHIC_FAMILY = 16;
const FAMILY = 1;
const UNICODE = 0;
const WINDOWS = 3;

/**
 * What the fonts of a file are called, by their tables `name` (OpenType). A collection has several. Nothing of what is no font.
 */
export const familiesIn = (file: Buffer): readonly string[] => {
  try {
    const families = fontsIn(file).map((at) => familyAt(file, at));
    return [...new Set(families.filter((family) => family !== undefined))];
  } catch (error) {
    // Cut short: it points to where it no longer is.
    if (error instanceof RangeError) return [];
    throw error;
  }
};

const fontsIn = (file: Buffer): readonly number[] => {
  if (file.toString('latin1', 0, 4) !== 'ttcf') return [0];
  return Array.from({ length: file.readUInt32BE(8) }, (_, index) => file.readUInt32BE(12 + 4 * index));
};

const familyAt = (file: Buffer, at: number): string | undefined => {
  const table = nameTable(file, at);
  if (table === undefined) return undefined;
  const texts = table + file.readUInt16BE(table + 4);
  const names = new Map<number, string>();
  for (let index = 0; index < file.readUInt16BE(table + 2); index++) {
    const record = table + 6 + NAME_RECORD * index;
    const [platform, id] = [file.readUInt16BE(record), file.readUInt16BE(record + 6)];
    if ((platform !== UNICODE && platform !== WINDOWS) || names.has(id)) continue;
    const start = texts + file.readUInt16BE(record + 10);
    names.set(id, utf16(file.subarray(start, start + file.readUInt16BE(record + 8))));
  }
  return names.get(TYPOGRAPHIC_FAMILY) ?? names.get(FAMILY);
};

const nameTable = (file: Buffer, at: number): number | undefined => {
  for (let index = 0; index < file.readUInt16BE(at + 4); index++) {
    const record = at + 12 + TABLE_RECORD * index;
    if (file.toString('latin1', record, record + 4) === 'name') return file.readUInt32BE(record + 8);
  }
  return undefined;
};

const utf16 = (bytes: Buffer): string => Buffer.from(bytes).swap16().toString('utf16le');
