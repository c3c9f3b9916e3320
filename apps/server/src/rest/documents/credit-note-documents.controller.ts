import type { CreditNoteId } from '#kernel';
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
import { CREDIT_NOTES } from '../credit-notes/tag.js';
import { DocumentQueryDto, EInvoiceQueryDto, PdfQueryDto } from './documents.dto.js';
import { hangUpOf } from './hang-up.js';
import { keptDocumentResource, KeptDocumentResource } from './kept-document.resource.js';

const MAY_NOT_BE_THERE = { 404: ['credit_note_not_found'], 409: ['credit_note_not_numbered'] };

/** A credit note as people and programs of others read it. */
@ApiTags(CREDIT_NOTES.name)
@Controller('v1/credit-notes/:id')
@Reads(...DOCUMENT_READ_MODELS)
export class CreditNoteDocumentsController {
  constructor(
    private readonly files: DocumentFiles,
    private readonly kept: KeptDocuments,
  ) {}

  /** A credit note as a page to show or print. */
  @Get('html')
  @Operation('GetCreditNoteHtml', 'billing.read')
  @AnswersDocument('text/html')
  @Refuses(MAY_NOT_BE_THERE)
  html(
    @Req() request: FastifyRequest,
    @IdOf('credit_note') creditNoteId: CreditNoteId,
    @Query() { language }: DocumentQueryDto,
  ): Promise<DocumentAnswer> {
    return this.files.html(callerOf(request).tenantId, creditNoteId, language);
  }

  /** A credit note as PDF/A-3, with the e-invoice inside if that is asked for. What left the house once is what is answered from then on, byte by byte. */
  @Get('pdf')
  @Operation('GetCreditNotePdf', 'billing.read')
  @AnswersDocument('application/pdf')
  @Refuses({
    ...MAY_NOT_BE_THERE,
    422: ['document_glyph_missing', 'credit_note_voided', 'e_invoice_rule'],
    503: ['document_too_slow', 'documents_busy'],
  })
  pdf(
    @Req() request: FastifyRequest,
    @IdOf('credit_note') creditNoteId: CreditNoteId,
    @Query() { language, format, validate }: PdfQueryDto,
    @Res({ passthrough: true }) { raw }: FastifyReply,
  ): Promise<DocumentAnswer> {
    const wanted = { language, format, validate, abandoned: hangUpOf(raw) };
    return this.files.pdf(callerOf(request).tenantId, creditNoteId, wanted);
  }

  /** A credit note as an e-invoice of EN 16931, of the type 381. `errors` of a refusal names each rule that it breaks, and where. */
  @Get('xml')
  @Operation('GetCreditNoteXml', 'billing.read')
  @AnswersDocument('application/xml')
  @Refuses({ ...MAY_NOT_BE_THERE, 422: ['credit_note_voided', 'e_invoice_rule'] })
  xml(
    @Req() request: FastifyRequest,
    @IdOf('credit_note') creditNoteId: CreditNoteId,
    @Query() query: EInvoiceQueryDto,
  ): Promise<DocumentAnswer> {
    return this.files.xml(callerOf(request).tenantId, creditNoteId, query);
  }

  /** The forms in which a credit note left the house, the first first. */
  @Get('documents')
  @Operation('ListCreditNoteDocuments', 'billing.read')
  @AnswersList(KeptDocumentResource)
  @Refuses({ 404: ['credit_note_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('credit_note') creditNoteId: CreditNoteId,
    @Query() _: NoQuery,
  ): Promise<KeptDocumentResource[]> {
    return (await this.kept.of(callerOf(request).tenantId, creditNoteId)).map(keptDocumentResource);
  }
}
