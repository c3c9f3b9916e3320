import { readStatements } from '#bank-statements';
import { BankAccounts, ImportBankStatement, RegisterBankAccount } from '#billing/bank-account';
import { notFound, type BankAccountId } from '#kernel';
import { BankQuery } from '#projections/bank';
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
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery, PageQuery } from '../../pipeline/queries.dto.js';
import { ImportBankStatementDto, RegisterBankAccountDto } from './bank.dto.js';
import {
  RegisteredBankAccountResource,
  bankAccountResource,
  importResource,
  StatementImportResource,
} from './bank.resource.js';
import { BANK } from './tag.js';

@ApiTags(BANK.name)
@Controller('v1/bank-accounts')
@Reads('bank')
export class BankAccountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly bank: BankQuery,
    private readonly bankAccounts: BankAccounts,
  ) {}

  /** Registers an account at a bank, whose statements are read from then on. */
  @Post()
  @Operation('RegisterBankAccount', 'billing.write')
  @Tells(RegisteredBankAccountResource, { ifMatch: false })
  @Refuses({ 422: ['bank_account_number_required'] })
  async register(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: RegisterBankAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<RegisteredBankAccountResource>> {
    const executed = await this.commands.execute(new RegisterBankAccount(envelope, body));
    return told(reply, executed, bankAccountResource(executed.answer));
  }

  /** Lists bank accounts, newest first. */
  @Get()
  @Operation('ListBankAccounts', 'billing.read')
  @AnswersPage(RegisteredBankAccountResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: PageQuery,
  ): Promise<PageResource<RegisteredBankAccountResource>> {
    const page = await this.bank.accounts(callerOf(request).tenantId, pageRequest(query));
    return pageResource(page, page.rows.map(bankAccountResource));
  }

  /** One bank account. */
  @Get(':id')
  @Operation('GetBankAccount', 'billing.read')
  @Answers(RegisteredBankAccountResource)
  @Refuses({ 404: ['bank_account_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @Query() _: NoQuery,
  ): Promise<RegisteredBankAccountResource> {
    const account = await this.bank.account(callerOf(request).tenantId, bankAccountId);
    return bankAccountResource(account ?? notFound('bank_account', bankAccountId));
  }

  /** Reads a file of a bank: camt.053, camt.054, MT940, or CSV by a mapping. What an earlier file had is not recorded again; a file that is wrong anywhere is refused whole. */
  @Post(':id/statements')
  @Operation('ImportBankStatement', 'billing.write')
  @HttpCode(200)
  @Tells(StatementImportResource, { ifMatch: false })
  @Refuses({
    400: ['statement_too_large'],
    404: ['bank_account_not_found'],
    422: [
      'statement_form_unknown',
      'statement_encoding_unknown',
      'statement_malformed',
      'statement_does_not_add_up',
      'statement_of_another_account',
      'currency_mismatch',
    ],
  })
  async import(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @Body() { content, csv }: ImportBankStatementDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<StatementImportResource>> {
    const { currency } = await this.bankAccounts.registered(envelope.tenantId, bankAccountId);
    const mapping = csv && { mapping: { ...csv, skipLines: csv.skipLines ?? 0, currency }, account: {} };
    const { statements } = readStatements(Buffer.from(content, 'base64'), mapping ?? null);
    const executed = await this.commands.execute(new ImportBankStatement(envelope, bankAccountId, statements));
    return told(reply, executed, importResource(executed.answer));
  }
}
