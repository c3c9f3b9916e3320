import type { InvoiceId } from '#kernel';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { DocumentFiles } from '../../documents/document-files.js';
import { DOCUMENT_READ_MODELS } from '../../documents/document-sources.js';
import { KeptDocuments } from '../../documents/kept-documents.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import type { DocumentAnswer } from '../../pipeline/document.resource.js';
import { AnswersDocument, AnswersList, Refuses } from '../../pipeline/documented.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { BILLING } from '../billing/tag.js';
import { DocumentQueryDto, EInvoiceQueryDto, PdfQueryDto } from './documents.dto.js';
import { hangUpOf } from './hang-up.js';
import { keptDocumentResource, KeptDocumentResource } from './kept-document.resource.js';

const MAY_NOT_BE_THERE = { 404: ['invoice_not_found'], 409: ['invoice_not_numbered', 'invoice_is_credit_note'] };

/** An invoice as people and programs of others read it. */
@ApiTags(BILLING.name)
@Controller('v1/invoices/:id')
@Reads(...DOCUMENT_READ_MODELS)
export class InvoiceDocumentsController {
  constructor(
    private readonly files: DocumentFiles,
    private readonly kept: KeptDocuments,
  ) {}

  /** An invoice as a page to show or print. A draft says that it is one. */
  @Get('html')
  @Operation('GetInvoiceHtml', 'billing.read')
  @AnswersDocument('text/html')
  @Refuses(MAY_NOT_BE_THERE)
  html(
    @Req() request: FastifyRequest,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Query() { language }: DocumentQueryDto,
  ): Promise<DocumentAnswer> {
    return this.files.html(callerOf(request).tenantId, invoiceId, language);
  }

  /** An invoice as PDF/A-3, with the e-invoice inside if that is asked for. A draft says that it is one. What left the house once is what is answered from then on, byte by byte. */
  @Get('pdf')
  @Operation('GetInvoicePdf', 'billing.read')
  @AnswersDocument('application/pdf')
  @Refuses({
    ...MAY_NOT_BE_THERE,
    422: ['document_glyph_missing', 'invoice_not_finalized', 'invoice_voided', 'e_invoice_rule'],
    503: ['document_too_slow', 'documents_busy'],
  })
  pdf(
    @Req() request: FastifyRequest,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Query() { language, format, validate }: PdfQueryDto,
    @Res({ passthrough: true }) { raw }: FastifyReply,
  ): Promise<DocumentAnswer> {
    const wanted = { language, format, validate, abandoned: hangUpOf(raw) };
    return this.files.pdf(callerOf(request).tenantId, invoiceId, wanted);
  }

  /** An issued invoice as an e-invoice of EN 16931. `errors` of a refusal names each rule that it breaks, and where. */
  @Get('xml')
  @Operation('GetInvoiceXml', 'billing.read')
  @AnswersDocument('application/xml')
  @Refuses({ ...MAY_NOT_BE_THERE, 422: ['invoice_not_finalized', 'invoice_voided', 'e_invoice_rule'] })
  xml(
    @Req() request: FastifyRequest,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Query() query: EInvoiceQueryDto,
  ): Promise<DocumentAnswer> {
    return this.files.xml(callerOf(request).tenantId, invoiceId, query);
  }

  /** The forms in which an invoice left the house, the first first. */
  @Get('documents')
  @Operation('ListInvoiceDocuments', 'billing.read')
  @AnswersList(KeptDocumentResource)
  @Refuses({ 404: ['invoice_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Query() _: NoQuery,
  ): Promise<KeptDocumentResource[]> {
    return (await this.kept.of(callerOf(request).tenantId, invoiceId)).map(keptDocumentResource);
  }
}
