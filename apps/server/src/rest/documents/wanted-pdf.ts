import type { DocumentSource } from '#documents';
import type { ServerResponse } from 'node:http';
import type { PdfQueryDto } from './documents.dto.js';
import { eInvoiceXml } from './e-invoice-xml.js';

/** The e-invoice that a PDF has inside, where that is asked for. */
export const insideOf = (
  format: PdfQueryDto['format'],
  validate: boolean,
): ((source: DocumentSource) => string) | undefined =>
  format === 'factur-x' ? (source) => eInvoiceXml(source, { format: 'cii', profile: 'en16931', validate }) : undefined;

/** Aborts once nobody waits for the answer any more. */
export const hangUpOf = (answer: ServerResponse): AbortSignal => {
  const gone = new AbortController();
  answer.once('close', () => gone.abort());
  if (answer.destroyed) gone.abort();
  return gone.signal;
};
