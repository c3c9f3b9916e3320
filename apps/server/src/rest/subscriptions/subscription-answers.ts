import { AccountTime, PersonalData } from '#billing/account';
import { statusAt, type SubscriptionRecord } from '#billing/subscription';
import { Clock, type Instant, type TenantId } from '#kernel';
import { TestClocksQuery } from '#projections/test-clocks';
import type { Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { told, type Told } from '../../pipeline/answers.js';
import { subscriptionResources, type SubscriptionResource } from './subscription.resource.js';

/** Subscriptions as they are told: as of now by the clock that their account lives by, unless another moment is asked for. */
@Injectable()
export class SubscriptionAnswers {
  constructor(
    private readonly personalData: PersonalData,
    private readonly time: AccountTime,
    private readonly testClocks: TestClocksQuery,
    private readonly clock: Clock,
  ) {}

  async tell(
    tenantId: TenantId,
    reply: FastifyReply,
    executed: Executed<SubscriptionRecord>,
  ): Promise<Told<SubscriptionResource>> {
    return told(reply, executed, await this.stored(tenantId, executed.answer));
  }

  /** What a command just stored, of which read models need not know yet. */
  async stored(tenantId: TenantId, record: SubscriptionRecord): Promise<SubscriptionResource> {
    return this.resourceAt(tenantId, record, await this.time.now(tenantId, record.accountId));
  }

  async resource(tenantId: TenantId, record: SubscriptionRecord): Promise<SubscriptionResource> {
    const [resource] = await this.resources(tenantId, [record]);
    return resource!;
  }

  async resources(tenantId: TenantId, records: readonly SubscriptionRecord[]): Promise<SubscriptionResource[]> {
    const now = this.clock.now();
    const times = await this.testClocks.timesOf(
      tenantId,
      records.map(({ accountId }) => accountId),
    );
    const looked = records.map((record) => lookedAt(record, times.get(record.accountId) ?? now));
    return subscriptionResources(this.personalData, tenantId, looked);
  }

  async resourceAt(tenantId: TenantId, record: SubscriptionRecord, at: Instant): Promise<SubscriptionResource> {
    const [resource] = await subscriptionResources(this.personalData, tenantId, [lookedAt(record, at)]);
    return resource!;
  }
}

const lookedAt = (record: SubscriptionRecord, at: Instant) => ({ ...record, status: statusAt(record, at), at });
