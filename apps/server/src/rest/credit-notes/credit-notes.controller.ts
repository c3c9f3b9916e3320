import { AccountDirectory } from '#billing/account';
import { VoidCreditNote } from '#billing/credit-note';
import { notFound, type CreditNoteId } from '#kernel';
import { CreditNotesQuery, type CreditNoteFilter } from '#projections/credit-notes';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { ReasonDto } from '../billing/billing.dto.js';
import { CreditNotesQueryDto } from './credit-note.dto.js';
import {
  creditNoteResource,
  CreditNoteResource,
  creditNoteSummary,
  CreditNoteSummaryResource,
} from './credit-note.resource.js';
import { CREDIT_NOTES } from './tag.js';

@ApiTags(CREDIT_NOTES.name)
@Controller('v1/credit-notes')
@Reads('credit-notes')
export class CreditNotesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly creditNotes: CreditNotesQuery,
    private readonly directory: AccountDirectory,
  ) {}

  /** Lists credit notes without their lines, newest first. */
  @Get()
  @Operation('ListCreditNotes', 'billing.read')
  @AnswersPage(CreditNoteSummaryResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found', 'invoice_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: CreditNotesQueryDto,
  ): Promise<PageResource<CreditNoteSummaryResource>> {
    const { tenantId } = callerOf(request);
    const page = await this.creditNotes.list(tenantId, filterOf(query), pageRequest(query));
    return pageResource(page, page.rows.map(creditNoteSummary));
  }

  /** One credit note with its lines. */
  @Get(':id')
  @Operation('GetCreditNote', 'billing.read')
  @Answers(CreditNoteResource)
  @Refuses({ 404: ['credit_note_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('credit_note') creditNoteId: CreditNoteId,
    @Query() _: NoQuery,
  ): Promise<CreditNoteResource> {
    const note = await this.creditNotes.find(callerOf(request).tenantId, creditNoteId);
    return creditNoteResource(note ?? notFound('credit_note', creditNoteId));
  }

  /** Takes a credit note back: what it settled, also by credit of other invoices, is owed again. Refused where its credit left the account. */
  @Post(':id/void')
  @Operation('VoidCreditNote', 'billing.write')
  @HttpCode(200)
  @Tells(CreditNoteResource)
  @Refuses({
    404: ['credit_note_not_found'],
    422: ['credit_note_of_billing', 'customer_credit_already_paid_out'],
    504: ['read_model_behind'],
  })
  async void(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('credit_note') creditNoteId: CreditNoteId,
    @Body() { reason }: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CreditNoteResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, creditNoteId);
    const executed = await this.commands.execute(new VoidCreditNote(envelope, accountId, creditNoteId, reason));
    return told(reply, executed, creditNoteResource(executed.answer));
  }
}

const filterOf = (query: CreditNotesQueryDto): CreditNoteFilter => ({
  ...mapped('status', query.status),
  ...mapped('accountId', query.accountId),
  ...mapped('invoiceId', query.invoiceId),
  ...mapped('number', query.number),
  ...mapped('issuedFrom', query['issueDate[gte]']),
  ...mapped('issuedTo', query['issueDate[lte]']),
});
