import { AccountDirectory, PersonalData } from '#billing/account';
import { FinalizeInvoice, MarkInvoiceUncollectible, VoidInvoice, type InvoiceDocument } from '#billing/invoice';
import { ReceivePayment } from '#billing/payment';
import { Tenants } from '#billing/tenant';
import type { Personal } from '#contracts';
import { notFound, type InvoiceId, type TenantId } from '#kernel';
import { InvoicesQuery } from '#projections/invoices';
import { AccountHistory } from '#replay';
import type { Envelope, Executed } from '#write-path';
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
import { IdOf, pastIn, type Past } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { billToResource, type BillToResource } from '../parties/bill-to.resource.js';
import { invoiceFilter } from './invoice-filter.js';
import { DryRunDto, ReasonDto, ReceivePaymentDto, VoidInvoiceDto } from './billing.dto.js';
import { InvoiceQueryDto, InvoicesQueryDto } from './billing-queries.dto.js';
import { invoiceResource, invoiceSummary, InvoiceResource, InvoiceSummaryResource } from './invoice.resource.js';
import { paymentResource, PaymentResource } from './payment.resource.js';
import { BILLING } from './tag.js';

@ApiTags(BILLING.name)
@Controller('v1/invoices')
@Reads('invoices')
export class InvoicesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly invoices: InvoicesQuery,
    private readonly directory: AccountDirectory,
    private readonly history: AccountHistory,
    private readonly tenants: Tenants,
    private readonly personalData: PersonalData,
  ) {}

  /** Lists invoices without their lines, newest first. */
  @Get()
  @Operation('ListInvoices', 'billing.read')
  @AnswersPage(InvoiceSummaryResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found', 'billing_run_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: InvoicesQueryDto,
  ): Promise<PageResource<InvoiceSummaryResource>> {
    const { tenantId } = callerOf(request);
    const page = await this.invoices.list(tenantId, invoiceFilter(query), pageRequest(query));
    return pageResource(page, page.rows.map(invoiceSummary));
  }

  /** One invoice with its lines, as of now or of any moment. */
  @Get(':id')
  @Operation('GetInvoice', 'billing.read')
  @Answers(InvoiceResource)
  @Refuses({ 400: ['invalid_as_of'], 404: ['invoice_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Query() { personal, ...query }: InvoiceQueryDto,
  ): Promise<InvoiceResource> {
    const { tenantId } = callerOf(request);
    const found = await this.documentAt(
      tenantId,
      invoiceId,
      await pastIn(query, () => this.tenants.billingTerms(tenantId)),
    );
    const document = found ?? notFound('invoice', invoiceId);
    if (personal !== true) return invoiceResource(document);
    return { ...invoiceResource(document), billTo: await this.billTo(tenantId, document.invoice.billTo) };
  }

  /** Issues a draft as it stands. */
  @Post(':id/finalize')
  @Operation('FinalizeInvoice', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceResource)
  @Refuses({
    404: ['invoice_not_found'],
    422: [
      'invoice_already_finalized',
      'invoice_draft_incomplete',
      'account_closed',
      'tax_not_known',
      'tax_rate_missing',
    ],
    503: ['tax_provider_failed'],
    504: ['read_model_behind'],
  })
  async finalize(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() _: DryRunDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    return tell(reply, await this.commands.execute(new FinalizeInvoice(envelope, accountId, invoiceId)));
  }

  /** Takes an invoice back: what it booked is reversed, what it billed is due again, unless `billAgain` is false. */
  @Post(':id/void')
  @Operation('VoidInvoice', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceResource)
  @Refuses({
    404: ['invoice_not_found'],
    422: [
      'invoice_not_finalized',
      'invoice_not_open',
      'invoice_has_payments',
      'customer_credit_already_paid_out',
      'account_closed',
    ],
    504: ['read_model_behind'],
  })
  async void(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() { reason, billAgain }: VoidInvoiceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    return tell(reply, await this.commands.execute(new VoidInvoice(envelope, accountId, invoiceId, reason, billAgain)));
  }

  /** Gives up what is owed: it becomes an expense. */
  @Post(':id/mark-uncollectible')
  @Operation('MarkInvoiceUncollectible', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceResource)
  @Refuses({ 404: ['invoice_not_found'], 422: ['invoice_not_open'], 504: ['read_model_behind'] })
  async markUncollectible(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() { reason }: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    return tell(
      reply,
      await this.commands.execute(new MarkInvoiceUncollectible(envelope, accountId, invoiceId, reason)),
    );
  }

  /** Enters a payment by hand. What goes beyond the amount due becomes customer credit, and settles other open invoices. */
  @Post(':id/payments')
  @Operation('ReceivePayment', 'billing.write')
  @Tells(PaymentResource)
  @Refuses({
    404: ['invoice_not_found'],
    422: [
      'invoice_not_open',
      'currency_mismatch',
      'invalid_amount',
      'amount_not_positive',
      'method_reserved',
      'date_in_future',
      'date_too_long_ago',
      'account_closed',
    ],
    504: ['read_model_behind'],
  })
  async receivePayment(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() { dryRun: _, ...payment }: ReceivePaymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<PaymentResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    const executed = await this.commands.execute(new ReceivePayment(envelope, accountId, { ...payment, invoiceId }));
    return told(reply, executed, paymentResource(executed.answer));
  }

  private async documentAt(
    tenantId: TenantId,
    invoiceId: InvoiceId,
    past: Past | undefined,
  ): Promise<InvoiceDocument | undefined> {
    if (!past) return this.invoices.find(tenantId, invoiceId);
    const { invoices } = await this.history.at(tenantId, await this.directory.ownerOf(tenantId, invoiceId), past);
    return invoices.find(({ invoice }) => invoice.invoiceId === invoiceId);
  }

  private async billTo(tenantId: TenantId, sealed: Personal | null): Promise<BillToResource | null> {
    if (sealed === null) return null;
    const [opened] = await this.personalData.open(tenantId, [sealed]);
    return opened ? billToResource(opened) : null;
  }
}

const tell = (reply: FastifyReply, executed: Executed<InvoiceDocument>): Told<InvoiceResource> =>
  told(reply, executed, invoiceResource(executed.answer));
