import { invoiceHtml, invoiceView, languageAmong, type DocumentSource, type InvoiceView } from '#documents';
import type { DocumentId, TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { DocumentSources } from './document-sources.js';
import { Typesetting } from './typesetting.js';

export interface DocumentFile {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** With what it was laid out of. */
export interface LaidOutDocument extends DocumentFile {
  readonly view: InvoiceView;
  readonly seller: DocumentSource['seller'];
}

export interface PdfWanted {
  /** What it has inside for programs. */
  readonly inside?: ((source: DocumentSource) => string) | undefined;
  /** Nobody waits for it any more. */
  readonly abandoned?: AbortSignal;
}

/** An invoice or a credit note as people read it: in the language that is asked for, else in that of its buyer or its seller. */
@Injectable()
export class DocumentFiles {
  constructor(
    private readonly sources: DocumentSources,
    private readonly typesetting: Typesetting,
  ) {}

  /** @throws DomainError as `DocumentSources` does */
  async html(tenantId: TenantId, documentId: DocumentId, language?: string): Promise<DocumentFile> {
    const source = await this.sources.of(tenantId, documentId);
    return textFile(source, 'html', invoiceHtml(viewOf(source, language)));
  }

  /** @throws DomainError as `DocumentSources` does, and `document_glyph_missing`, `document_too_slow`, `documents_busy` */
  async pdf(
    tenantId: TenantId,
    documentId: DocumentId,
    language?: string,
    { inside, abandoned }: PdfWanted = {},
  ): Promise<LaidOutDocument> {
    const source = await this.sources.of(tenantId, documentId);
    const view = viewOf(source, language);
    const content = await this.typesetting.pdf(view, view.createdAt, { facturX: inside?.(source), abandoned });
    return { fileName: fileName(source, 'pdf'), content, view, seller: source.seller };
  }
}

export const textFile = (source: DocumentSource, type: string, content: string): DocumentFile => ({
  fileName: fileName(source, type),
  content: Buffer.from(content),
});

const viewOf = (source: DocumentSource, language: string | undefined): InvoiceView =>
  invoiceView(source, languageAmong(language, source.buyer.language, source.seller.language));

/** Numbers may have slashes. */
const fileName = ({ document: { invoice } }: DocumentSource, type: string): string =>
  `${(invoice.number ?? invoice.invoiceId).replaceAll(/[^A-Za-z0-9._-]/gu, '-')}.${type}`;
