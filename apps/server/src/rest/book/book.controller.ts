import { Tenants } from '#billing/tenant';
import type { AccountId } from '#kernel';
import { AccountsQuery } from '#projections/accounts';
import { BookQuery } from '#projections/book';
import { AccountHistory } from '#replay';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses } from '../../pipeline/documented.js';
import { IdOf, notFoundAsNamed, pastIn } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { TimeQuery } from '../../pipeline/queries.dto.js';
import { TransfersQueryDto } from './transfer.dto.js';
import { ledgerAccountResource, transferResource, BookResource, TransferResource } from './book.resource.js';
import { MONEY } from './tag.js';

@ApiTags(MONEY.name)
@Controller('v1/accounts/:id')
@Reads('book', 'accounts')
export class BookController {
  constructor(
    private readonly books: BookQuery,
    private readonly accounts: AccountsQuery,
    private readonly history: AccountHistory,
    private readonly tenants: Tenants,
  ) {}

  /** The account's double-entry ledger, as of now or of any moment. */
  @Get('book')
  @Operation('GetBook', 'billing.read')
  @Answers(BookResource, { rows: true })
  @Refuses({ 400: ['invalid_as_of'], 404: ['account_not_found'] })
  async book(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() query: TimeQuery,
  ): Promise<BookResource> {
    const { tenantId } = callerOf(request);
    const past = await pastIn(query, () => this.tenants.billingTerms(tenantId));
    if (past) {
      const { ledger } = await this.history.at(tenantId, accountId, past);
      return { accountId, ledgerAccounts: ledger.map(ledgerAccountResource) };
    }
    if (!(await this.accounts.find(tenantId, accountId))) return notFoundAsNamed('account', accountId);
    const books = await this.books.ofAccounts(tenantId, [accountId]);
    return { accountId, ledgerAccounts: (books.get(accountId) ?? []).map(ledgerAccountResource) };
  }

  /** Lists the account's transfers, newest first. */
  @Get('transfers')
  @Operation('ListTransfers', 'billing.read')
  @AnswersPage(TransferResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async transfers(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() query: TransfersQueryDto,
  ): Promise<PageResource<TransferResource>> {
    const { tenantId } = callerOf(request);
    if (!(await this.accounts.find(tenantId, accountId))) return notFoundAsNamed('account', accountId);
    const page = await this.books.transfers(tenantId, accountId, pageRequest(query));
    return pageResource(page, page.rows.map(transferResource));
  }
}
