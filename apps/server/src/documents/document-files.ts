import { invoiceHtml, invoiceView, languageAmong, type DocumentSource, type InvoiceView } from '#documents';
import { TEMPLATE_VERSION } from '#typst';
import type { DocumentId, LegalEntityId, TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { PRODUCT_VERSION } from '../product-version.js';
import { DocumentSources } from './document-sources.js';
import { eInvoiceXml, type EInvoiceWanted } from './e-invoice-xml.js';
import { KeptDocuments, type LeavingBytes } from './kept-documents.js';
import { Typesetting } from './typesetting.js';

/** The digest of what left the house; null of what is made for each reader. */
export interface DocumentFile extends Pick<LeavingBytes, 'content' | 'isCopy'> {
  readonly fileName: string;
  readonly digest: string | null;
}

/** With what it was laid out of. */
export interface LaidOutDocument extends DocumentFile {
  readonly view: Omit<InvoiceView, 'logo'>;
  readonly seller: DocumentSource['seller'];
}

export interface PdfWanted {
  readonly language?: string | undefined;
  /** With the e-invoice inside. */
  readonly format?: 'pdf' | 'factur-x';
  /** Whether an e-invoice that breaks a rule is refused. */
  readonly validate?: boolean;
  /** Nobody waits for it any more. */
  readonly abandoned?: AbortSignal;
}

const MADE_BY = `recount ${PRODUCT_VERSION}`;

/** An invoice or a credit note as people and programs read it: in the language that is asked for, else in that of its buyer or its seller. */
@Injectable()
export class DocumentFiles {
  constructor(
    private readonly sources: DocumentSources,
    private readonly typesetting: Typesetting,
    private readonly kept: KeptDocuments,
  ) {}

  /** @throws DomainError as `DocumentSources` does */
  async html(tenantId: TenantId, documentId: DocumentId, language?: string): Promise<DocumentFile> {
    const source = await this.sources.of(tenantId, documentId);
    return file(source, 'html', made(invoiceHtml(invoiceView(source, languageOf(source, language)))));
  }

  /** @throws DomainError as `DocumentSources` and `eInvoiceXml` do, and `document_glyph_missing`, `document_too_slow`, `documents_busy` */
  async pdf(
    tenantId: TenantId,
    documentId: DocumentId,
    { language: asked, format = 'pdf', validate = true, abandoned }: PdfWanted = {},
  ): Promise<LaidOutDocument> {
    const source = await this.sources.of(tenantId, documentId);
    const language = languageOf(source, asked);
    const { logo, ...view } = invoiceView(source, language);
    const facturX =
      format === 'pdf' ? undefined : () => eInvoiceXml(source, { format: 'cii', profile: 'en16931', validate });
    const make = async () => this.typesetting.pdf(view, view.createdAt, { facturX: facturX?.(), logo, abandoned });
    const leaves = facturX === undefined || validate;
    const making = { form: { format, language }, madeBy: `${MADE_BY}, template ${TEMPLATE_VERSION}`, make };
    const leaving = leaves ? await this.kept.leaving(tenantId, documentId, source, making) : made(await make());
    return { ...file(source, 'pdf', leaving), view, seller: source.seller };
  }

  /** What invoices of a legal entity look like. @throws DomainError `legal_entity_not_found`, and as `html` and `pdf` do */
  async sample(
    tenantId: TenantId,
    entityId: LegalEntityId,
    type: 'html' | 'pdf',
    { language: asked, abandoned }: Pick<PdfWanted, 'language' | 'abandoned'>,
  ): Promise<DocumentFile> {
    const source = await this.sources.sampleOf(tenantId, entityId, asked);
    const view = invoiceView(source, languageOf(source, asked));
    const { logo, ...said } = view;
    const content =
      type === 'html' ? invoiceHtml(view) : await this.typesetting.pdf(said, said.createdAt, { logo, abandoned });
    return { fileName: `sample.${type}`, ...made(content) };
  }

  /** @throws DomainError as `DocumentSources` and `eInvoiceXml` do */
  async xml(tenantId: TenantId, documentId: DocumentId, wanted: EInvoiceWanted): Promise<DocumentFile> {
    const source = await this.sources.of(tenantId, documentId);
    const { format, profile, validate } = wanted;
    const make = () => Buffer.from(eInvoiceXml(source, wanted));
    const making = { form: { format, profile, language: languageOf(source) }, madeBy: MADE_BY, make };
    // What may break a rule is for programs that add the rest: it is not what leaves the house.
    const leaving = validate ? await this.kept.leaving(tenantId, documentId, source, making) : made(make());
    return file(source, `${format}.xml`, leaving);
  }
}

type Made = Pick<DocumentFile, 'content' | 'digest' | 'isCopy'>;

const made = (content: string | Uint8Array): Made => ({
  content: typeof content === 'string' ? Buffer.from(content) : content,
  digest: null,
  isCopy: false,
});

const file = (source: DocumentSource, type: string, leaving: Made): DocumentFile => ({
  fileName: fileName(source, type),
  ...leaving,
});

const languageOf = ({ buyer, seller }: DocumentSource, asked?: string): string =>
  languageAmong(asked, buyer.language, seller.language);

/** Numbers may have slashes. */
const fileName = ({ document: { invoice } }: DocumentSource, type: string): string =>
  `${(invoice.number ?? invoice.invoiceId).replaceAll(/[^A-Za-z0-9._-]/gu, '-')}.${type}`;
