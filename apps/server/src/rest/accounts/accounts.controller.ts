import {
  ChangeAccount,
  CloseAccount,
  EraseAccount,
  OpenAccount,
  PersonalData,
  type AccountRecord,
} from '#billing/account';
import { Tenants } from '#billing/tenant';
import type { TaxStatus } from '#contracts';
import { EventLog, type AccountId, type TenantId } from '#kernel';
import { SearchTokens } from '#personal-data';
import { ProjectionStatuses } from '#projection';
import { AccountsQuery } from '#projections/accounts';
import { AccountHistory } from '#replay';
import type { Executed } from '#write-path';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { ExternalReferences } from '../../pipeline/external-references.js';
import { idIn, IdOf, notFoundAsNamed, pastIn } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { TimeQuery } from '../../pipeline/queries.dto.js';
import { CloseAccountDto, EraseAccountDto, OpenAccountDto } from './account.dto.js';
import { ChangeAccountDto } from './change-account.dto.js';
import { AccountsQueryDto } from './accounts-query.dto.js';
import { accountFilter, seeksPerson } from './account-filter.js';
import { accountResources, AccountResource } from './account.resource.js';
import { withPersonApart } from './said-of-person.js';
import { ACCOUNTS } from './tag.js';

@ApiTags(ACCOUNTS.name)
@Controller('v1/accounts')
@Reads('accounts')
export class AccountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: AccountsQuery,
    private readonly history: AccountHistory,
    private readonly personalData: PersonalData,
    private readonly tokens: SearchTokens,
    private readonly tenants: Tenants,
    private readonly references: ExternalReferences,
    private readonly statuses: ProjectionStatuses,
    private readonly log: EventLog,
  ) {}

  /** Opens an account. */
  @Post()
  @Operation('OpenAccount', 'accounts.write')
  @Tells(AccountResource, { ifMatch: false })
  @Refuses({
    404: ['account_not_found', 'legal_entity_not_found', 'test_clock_not_found'],
    409: ['account_already_exists'],
    422: ['invalid_tax_id', 'tax_ids_disagree', 'test_account_required'],
    504: ['read_model_behind'],
  })
  async open(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: OpenAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<AccountResource>> {
    const { taxExempt, ...profile } = withPersonApart(body);
    if (profile.parentAccountId !== undefined) await this.untilParentsAreKnown();
    const executed = await this.commands.execute(
      new OpenAccount(envelope, {
        ...profile,
        ...mapped('taxStatus', taxExempt, taxStatusOf),
      }),
    );
    return this.tell(envelope.tenantId, reply, executed);
  }

  /** Lists accounts, newest first. They are found by name, e-mail address and metadata, too. */
  @Get()
  @Reads('accounts', 'account-search')
  @Operation('ListAccounts', 'accounts.read')
  @AnswersPage(AccountResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async list(@Req() request: FastifyRequest, @Query() query: AccountsQueryDto): Promise<PageResource<AccountResource>> {
    const { tenantId } = callerOf(request);
    const filter = accountFilter(tenantId, this.tokens, query);
    const page = await this.accounts.list(tenantId, filter, pageRequest(query));
    const accounts = page.rows.map(({ account }) => account);
    const resources = await accountResources(this.personalData, tenantId, accounts);
    // The index may not know yet that a person was erased a moment ago; the keys do.
    return pageResource(page, seeksPerson(query) ? resources.filter(({ name }) => name !== null) : resources);
  }

  /** One account, as of now or of any moment. */
  @Get(':id')
  @Operation('GetAccount', 'accounts.read')
  @Answers(AccountResource, { etag: true })
  @Refuses({ 400: ['invalid_as_of'], 404: ['account_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() query: TimeQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResource> {
    const { tenantId } = callerOf(request);
    const past = await pastIn(query, () => this.tenants.billingTerms(tenantId));
    const { account, revision } = past
      ? await this.history.at(tenantId, accountId, past)
      : ((await this.accounts.find(tenantId, accountId)) ?? notFoundAsNamed('account', accountId));
    reply.header('etag', `"${revision}"`);
    const [resource] = await accountResources(this.personalData, tenantId, [account]);
    return resource!;
  }

  /** Changes external id, contact, address, terms, tax status, time zone, legal entity, metadata, or whom it belongs to. */
  @Patch(':id')
  @Operation('ChangeAccount', 'accounts.write')
  @Tells(AccountResource)
  @Refuses({
    404: ['account_not_found', 'legal_entity_not_found'],
    409: ['external_id_taken'],
    422: [
      'account_closed',
      'personal_data_erased',
      'account_parent_cycle',
      'invalid_tax_id',
      'legal_entity_has_books',
      'tax_ids_disagree',
      'too_much_metadata',
    ],
    504: ['read_model_behind'],
  })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') reference: string,
    @Body() body: ChangeAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<AccountResource>> {
    const { taxExempt, ...change } = withPersonApart(body);
    const { tenantId } = envelope;
    const again = change.externalId === undefined ? null : await this.references.accountChangedBy(envelope, reference);
    const executed = await this.commands.execute(
      new ChangeAccount(envelope, again ?? idIn('account', reference), {
        ...change,
        ...mapped('taxStatus', taxExempt, taxStatusOf),
      }),
    );
    return this.tell(tenantId, reply, executed);
  }

  /** Closes an account that has neither running subscriptions nor open invoices, nor anything left to bill. */
  @Post(':id/close')
  @Operation('CloseAccount', 'accounts.write')
  @HttpCode(200)
  @Tells(AccountResource)
  @Refuses({
    404: ['account_not_found'],
    422: [
      'account_has_subscriptions',
      'account_has_open_invoices',
      'account_has_unbilled_charges',
      'account_book_not_even',
    ],
  })
  async close(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() body: CloseAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<AccountResource>> {
    return this.tell(
      envelope.tenantId,
      reply,
      await this.commands.execute(new CloseAccount(envelope, accountId, body.reason)),
    );
  }

  /** Erases the person: personal data is null from now on, at any time asked for, while books and invoices stay whole. */
  @Post(':id/erase')
  @Operation('EraseAccount', 'personal.erase')
  @HttpCode(200)
  @Tells(AccountResource)
  @Refuses({ 404: ['account_not_found'], 422: ['documents_retained'] })
  async erase(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() { documents = false, ...erasure }: EraseAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<AccountResource>> {
    return this.tell(
      envelope.tenantId,
      reply,
      await this.commands.execute(new EraseAccount(envelope, accountId, { documents, ...erasure })),
    );
  }

  /** The command asks the read model, which may not know yet what was opened a moment ago. */
  private async untilParentsAreKnown(): Promise<void> {
    await this.statuses.waitFor(['accounts'], await this.log.head());
  }

  private async tell(
    tenantId: TenantId,
    reply: FastifyReply,
    executed: Executed<AccountRecord>,
  ): Promise<Told<AccountResource>> {
    const [resource] = await accountResources(this.personalData, tenantId, [executed.answer]);
    return told(reply, executed, resource!);
  }
}

const taxStatusOf = (taxExempt: boolean): TaxStatus => (taxExempt ? 'exempt' : 'taxable');
