import type { Fact } from '#contracts';
import { sha256Hex, toJson, type InvoiceId } from '#kernel';
import type { DocumentLine } from './invoice-line.js';

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
  const chunks: DocumentLine[][] = [];
  let bytes = Infinity;
  for (const line of lines) {
    const lineBytes = JSON.stringify(toJson(line)).length;
    if (bytes + lineBytes > CHUNK_BYTES_MAX) {
      chunks.push([]);
      bytes = 0;
    }
    chunks.at(-1)!.push(line);
    bytes += lineBytes;
  }
  return chunks.map((chunkLines, index) => ({
    type: 'InvoiceLinesAdded',
    data: { invoiceId, draftRevision, chunk: index + 1, chunks: chunks.length, ...apart(chunkLines) },
  }));
};

const apart = (chunk: readonly DocumentLine[]): Pick<Fact<'InvoiceLinesAdded'>['data'], 'lines' | 'items'> => {
  const items = chunk.filter((line) => line.kind === 'one_off');
  const lines = chunk.filter((line) => line.kind !== 'one_off');
  return { lines, ...(items.length === 0 ? {} : { items }) };
};

/** SHA-256 over the stored bytes of the events, one per line feed. */
export const linesDigest = (chunks: readonly Fact<'InvoiceLinesAdded'>['data'][]): string =>
  sha256Hex(chunks.map((chunk) => JSON.stringify(toJson(chunk))).join('\n'));
