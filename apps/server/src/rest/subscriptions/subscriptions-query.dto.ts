import type { AccountId } from '#kernel';
import { IsIn, IsString, Length } from 'class-validator';
import { CommaSeparated, PageQuery } from '../../pipeline/queries.dto.js';
import { IdField } from '../../pipeline/ids.js';
import { IsMetadata, MayBeAbsent } from '../../pipeline/rules.js';

export class SubscriptionsQueryDto extends PageQuery {
  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** @example "llm-pro" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  plan?: string;

  /** @example "active" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['pending', 'trialing', 'active', 'paused', 'canceled', 'ended'], { each: true })
  status?: string[];

  /** Texts that the subscription has, as in `metadata[tier]=gold`. @example { "tier": "gold" } */
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;

  /** A field, with `-` downwards; the newest first unless named. What has no end, or nothing to be billed, comes last upwards. @example "nextBillAt" */
  @MayBeAbsent()
  @IsIn(['nextBillAt', '-nextBillAt', 'startAt', '-startAt', 'endsAt', '-endsAt', 'createdAt', '-createdAt'])
  sort?: string;
}
