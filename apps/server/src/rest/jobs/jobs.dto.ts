import type { AccountId } from '#kernel';
import type { Job, JobState } from '#projections/agenda';
import { IsIn, IsString, Length } from 'class-validator';
import { IdField } from '../../pipeline/ids.js';
import { CommaSeparated, ForwardPageQuery } from '../../pipeline/queries.dto.js';
import { MayBeAbsent } from '../../pipeline/rules.js';

const STATES = ['scheduled', 'due', 'running', 'failed', 'dead', 'skipped'] as const satisfies readonly JobState[];

export class JobsQueryDto extends ForwardPageQuery {
  /** @example "failed,dead" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(STATES, { each: true })
  state?: JobState[];

  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  account?: AccountId;
}

export class DecideJobDto {
  /** Why; it stands in the audit log. @example "the tax rate is defined by now" */
  @IsString()
  @Length(1, 1024)
  reason!: string;
}

export class JobResource {
  /** @example "account-….bill:sub_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** What is done, such as `bill`, `finalize`, `overdue`, `end`. @example "bill" */
  kind!: string;
  /** What it is done to. @example "sub_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  subject!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string | null;
  /** @example "2026-02-01T00:00:00Z" */
  dueAt!: string;
  /** `failed`: it was refused, and is tried again soon; `dead`: five times and more, and is tried once a day; `skipped`: somebody decided against it. @example "failed" */
  state!: JobState;
  /** How often in a row it was refused. @example 2 */
  refusals!: number;
  /** @example "tax_rate_not_found: There is no tax rate." */
  failure!: string | null;
  /** @example "2026-02-01T00:00:08Z" */
  nextAttemptAt!: string | null;
}

export const jobResource = (job: Job): JobResource => {
  const at = job.timer_key.indexOf(':');
  return {
    id: `${job.owner}.${job.timer_key}`,
    kind: job.timer_key.slice(0, at),
    subject: job.timer_key.slice(at + 1),
    accountId: job.account_id,
    dueAt: job.due_at,
    state: job.state,
    refusals: job.refusals,
    failure: job.failure,
    nextAttemptAt: job.next_at,
  };
};
