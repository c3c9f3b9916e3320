import { PersonalData } from '#billing/account';
import { IgnoreBankEntry, MatchBankEntry, matchingOf, numbersIn, UnmatchBankEntry } from '#billing/bank-account';
import { notFound, type BankAccountId, type BankEntryId, type TenantId } from '#kernel';
import { BankQuery, type BankEntryDocument } from '#projections/bank';
import type { Envelope, Executed } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { BankEntryRecord } from '#billing/bank-account';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { ReasonDto } from '../billing/billing.dto.js';
import { BankEntriesQueryDto, MatchBankEntryDto } from './bank.dto.js';
import {
  bankEntryResource,
  BankEntryResource,
  BankEntrySuggestionsResource,
  suggestionsResource,
} from './bank.resource.js';
import { bankEntryStateResource, BankEntryStateResource } from './bank-entry-state.resource.js';
import { BANK } from './tag.js';

const NO_ENTRY = ['bank_account_not_found', 'bank_entry_not_found'];

/** What came in on a bank account, and what went out. Its texts, names and IBANs are personal: each answer is a recorded read. */
@ApiTags(BANK.name)
@Controller('v1/bank-accounts/:id/entries')
@Reads('bank', 'invoices')
export class BankEntriesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly bank: BankQuery,
    private readonly personalData: PersonalData,
  ) {}

  /** Lists entries of a bank account, the last recorded first. */
  @Get()
  @Operation('ListBankEntries', 'billing.read')
  @AnswersPage(BankEntryResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['bank_account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @Query() query: BankEntriesQueryDto,
  ): Promise<PageResource<BankEntryResource>> {
    const { tenantId } = callerOf(request);
    if (!(await this.bank.account(tenantId, bankAccountId))) notFound('bank_account', bankAccountId);
    const page = await this.bank.entries(tenantId, bankAccountId, query.status, pageRequest(query));
    return pageResource(page, await this.resources(tenantId, page.rows));
  }

  /** One entry of a bank account. */
  @Get(':entryId')
  @Operation('GetBankEntry', 'billing.read')
  @Answers(BankEntryResource)
  @Refuses({ 404: ['bank_entry_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @IdOf('bank_entry', 'entryId') entryId: BankEntryId,
    @Query() _: NoQuery,
  ): Promise<BankEntryResource> {
    const { tenantId } = callerOf(request);
    const [resource] = await this.resources(tenantId, [await this.entry(tenantId, bankAccountId, entryId)]);
    return resource!;
  }

  /** Which open invoices an entry may be for, and why: by structured reference, by number, by amount and payer, by payer. */
  @Get(':entryId/suggestions')
  @Operation('SuggestBankEntryMatches', 'billing.read')
  @Answers(BankEntrySuggestionsResource)
  @Refuses({ 404: ['bank_entry_not_found'] })
  async suggestions(
    @Req() request: FastifyRequest,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @IdOf('bank_entry', 'entryId') entryId: BankEntryId,
    @Query() _: NoQuery,
  ): Promise<BankEntrySuggestionsResource> {
    const { tenantId } = callerOf(request);
    const { entry } = await this.entry(tenantId, bankAccountId, entryId);
    const [personal] = await this.personalData.open(tenantId, [entry.personal]);
    const text = typeof personal?.text === 'string' ? personal.text : '';
    const { amount, references, payer = null } = entry;
    const sought = { references, numbers: [...numbersIn(text)], payer };
    const items = await this.bank.openItems(tenantId, sought);
    return suggestionsResource(matchingOf({ amount, references, text, payer }, items).suggested);
  }

  /** Says whose money an entry is: it becomes a payment of the account, and settles what is named, or the oldest due first. */
  @Post(':entryId/match')
  @Operation('MatchBankEntry', 'billing.write')
  @HttpCode(200)
  @Tells(BankEntryStateResource)
  @Refuses({
    404: [...NO_ENTRY, 'account_not_found', 'invoice_not_found'],
    409: ['bank_entry_already_matched', 'bank_entry_ignored', 'bank_entry_split'],
    422: ['bank_entry_not_incoming', 'currency_mismatch', 'account_closed', 'invoice_not_open', 'invalid_amount'],
  })
  async match(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @IdOf('bank_entry', 'entryId') entryId: BankEntryId,
    @Body() { accountId, allocations = [] }: MatchBankEntryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<BankEntryStateResource>> {
    const match = { accountId, allocations, reason: 'by_hand' } as const;
    return this.told(reply, new MatchBankEntry(envelope, bankAccountId, entryId, match));
  }

  /** Takes a match back: its payment is reversed, and what it settled is owed again. An entry that was ignored is so no more. */
  @Post(':entryId/unmatch')
  @Operation('UnmatchBankEntry', 'billing.write')
  @HttpCode(200)
  @Tells(BankEntryStateResource)
  @Refuses({ 404: NO_ENTRY, 409: ['bank_entry_not_matched'] })
  async unmatch(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @IdOf('bank_entry', 'entryId') entryId: BankEntryId,
    @Body() { reason }: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<BankEntryStateResource>> {
    return this.told(reply, new UnmatchBankEntry(envelope, bankAccountId, entryId, reason));
  }

  /** Says that an entry is no payment of a customer. */
  @Post(':entryId/ignore')
  @Operation('IgnoreBankEntry', 'billing.write')
  @HttpCode(200)
  @Tells(BankEntryStateResource)
  @Refuses({ 404: NO_ENTRY, 409: ['bank_entry_already_matched', 'bank_entry_split'] })
  async ignore(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('bank_account') bankAccountId: BankAccountId,
    @IdOf('bank_entry', 'entryId') entryId: BankEntryId,
    @Body() { reason }: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<BankEntryStateResource>> {
    return this.told(reply, new IgnoreBankEntry(envelope, bankAccountId, entryId, reason));
  }

  private async told(
    reply: FastifyReply,
    command: Command<Executed<BankEntryRecord>>,
  ): Promise<Told<BankEntryStateResource>> {
    const executed = await this.commands.execute(command);
    return told(reply, executed, bankEntryStateResource(executed.answer));
  }

  private async entry(
    tenantId: TenantId,
    bankAccountId: BankAccountId,
    entryId: BankEntryId,
  ): Promise<BankEntryDocument> {
    return (await this.bank.entry(tenantId, bankAccountId, entryId)) ?? notFound('bank_entry', entryId);
  }

  private async resources(tenantId: TenantId, entries: readonly BankEntryDocument[]): Promise<BankEntryResource[]> {
    const opened = await this.personalData.open(
      tenantId,
      entries.map(({ entry }) => entry.personal),
    );
    return entries.map((entry, index) => bankEntryResource(entry, opened[index] ?? null));
  }
}
