import type { Fact } from '#contracts';
import { sha256Hex, toJson, type InvoiceId } from '#kernel';
import { isRated, type DocumentLine } from './invoice-line.js';

/** Keeps an append with several chunks below the store's 1 MiB. */
const CHUNK_BYTES_MAX = 200 * 1024;

/** Chunks that go into one append; a larger draft is continued by the next one. */
export const CHUNKS_PER_APPEND_MAX = 3;

/** Some lines of a draft, as one event stores them. */
export type LinesChunk = Fact<'InvoiceLinesAdded'>['data'];

/** The lines of a draft as the events that store them. */
export const linesAdded = (
  invoiceId: InvoiceId,
  draftRevision: number,
  lines: readonly DocumentLine[],
): Fact<'InvoiceLinesAdded'>[] => {
  const chunk = (own: readonly DocumentLine[], number: number, of: number): LinesChunk => ({
    invoiceId,
    draftRevision,
    chunk: number,
    chunks: of,
    ...apart(own),
  });
  const whole = chunk(lines, 1, 1);
  if (lines.length > 0 && storedText(whole).length <= CHUNK_BYTES_MAX) return [added(whole)];
  const parts = inParts(lines);
  return parts.map((own, index) => added(chunk(own, index + 1, parts.length)));
};

const added = (data: LinesChunk): Fact<'InvoiceLinesAdded'> => ({ type: 'InvoiceLinesAdded', data });

const inParts = (lines: readonly DocumentLine[]): DocumentLine[][] => {
  const parts: DocumentLine[][] = [];
  let bytes = Infinity;
  for (const line of lines) {
    const lineBytes = JSON.stringify(toJson(line)).length;
    if (bytes + lineBytes > CHUNK_BYTES_MAX) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(line);
    bytes += lineBytes;
  }
  return parts;
};

const apart = (chunk: readonly DocumentLine[]): Pick<LinesChunk, 'lines' | 'items' | 'topUp'> => {
  const items = chunk.filter((line) => line.kind === 'one_off');
  const topUp = chunk.find((line) => line.kind === 'wallet_top_up');
  return {
    lines: chunk.filter(isRated),
    ...(items.length === 0 ? {} : { items }),
    ...(topUp === undefined ? {} : { topUp }),
  };
};

/** SHA-256 over the stored bytes of the events, one per line feed. */
export const linesDigest = (chunks: readonly Fact<'InvoiceLinesAdded'>['data'][]): string =>
  sha256Hex(chunks.map(storedText).join('\n'));

/** What was measured to be cut is hashed a moment later. */
const texts = new WeakMap<LinesChunk, string>();

const storedText = (chunk: LinesChunk): string => {
  const text = texts.get(chunk) ?? JSON.stringify(toJson(chunk));
  texts.set(chunk, text);
  return text;
};
