import { PersonalData } from '#billing/account';
import { Tenants } from '#billing/tenant';
import type { AccountId } from '#kernel';
import { AccountHistory } from '#replay';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Answers, Refuses } from '../../pipeline/documented.js';
import { IdOf, pastIn } from '../../pipeline/ids.js';
import { TimeQuery } from '../../pipeline/queries.dto.js';
import { subscriptionResources } from '../subscriptions/subscription.resource.js';
import { accountResources } from './account.resource.js';
import { accountStateResource, AccountStateResource } from './account-state.resource.js';
import { ACCOUNTS } from './tag.js';

@ApiTags(ACCOUNTS.name)
@Controller('v1/accounts/:id/state')
export class AccountStateController {
  constructor(
    private readonly history: AccountHistory,
    private readonly personalData: PersonalData,
    private readonly tenants: Tenants,
  ) {}

  /** What the log knew of an account: now, at an instant, at a position or at a revision. */
  @Get()
  @Operation('GetAccountState', 'accounts.read')
  @Answers(AccountStateResource, { etag: true })
  @Refuses({ 400: ['invalid_as_of'], 404: ['account_not_found'] })
  async state(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() query: TimeQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountStateResource> {
    const { tenantId } = callerOf(request);
    const past = await pastIn(query, () => this.tenants.billingTerms(tenantId));
    const snapshot = await this.history.at(tenantId, accountId, past);
    reply.header('etag', `"${snapshot.revision}"`);
    const [account] = await accountResources(this.personalData, tenantId, [snapshot.account]);
    const { at } = snapshot;
    const looked = snapshot.subscriptions.map((subscription) => ({ ...subscription, at }));
    const subscriptions = await subscriptionResources(this.personalData, tenantId, looked);
    return accountStateResource(snapshot, account!, subscriptions);
  }
}
