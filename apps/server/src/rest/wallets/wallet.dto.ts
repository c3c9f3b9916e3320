import type { GrantInput, RecurrenceInput, WalletInput, WalletRemainder } from '#billing/wallet';
import type { UsableOn, WalletRecharge } from '#contracts';
import type { AccountId, Instant, Money } from '#kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { InstantField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { MoneyField } from '../../pipeline/money.dto.js';
import { CommaSeparated, PageQuery } from '../../pipeline/queries.dto.js';
import { IsCurrencyCode, IsMetadata, MayBeAbsent } from '../../pipeline/rules.js';
import { DryRunDto } from '../billing/billing.dto.js';
import { IntervalDto } from '../catalog/plan.dto.js';

const PRIORITY_MAX = 1000;

/** What it may pay: lines of these plans, and of these charges; whatever there is, items too, where nothing is named. */
export class WalletScopeDto {
  /** @example ["pro"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  plans?: string[];

  /** @example ["tokens"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  charges?: string[];
}

export class OpenWalletDto extends DryRunDto {
  /** A top-up says it on its invoice. @example "Prepaid credit" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** That of the account, which it is without. @example "USD" */
  @MayBeAbsent()
  @IsCurrencyCode()
  currency?: string;

  /** Of its grants, unless they name another: lower is used first. 50 without. @example 50 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(PRIORITY_MAX)
  priority?: number;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => WalletScopeDto)
  scope?: WalletScopeDto;

  /** Yours, stored as it is and never erased: no personal data here. @example { "contract": "4711" } */
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;
}

export class GrantCreditDto extends DryRunDto {
  /** `paid`: bought, by an invoice of its own that is issued at once. `promotional`, `compensation`: given. @example "promotional" */
  @IsIn(['paid', 'promotional', 'compensation'])
  kind!: GrantInput['kind'];

  @MoneyField()
  amount!: Money;

  /** Lower is used first; that of the wallet without. @example 10 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(PRIORITY_MAX)
  priority?: number;

  /** What is used from then on it may pay; now without. @example "2026-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  effectiveAt?: Instant;

  /** What is used then or later it does not pay; never without. @example "2027-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  expiresAt?: Instant;

  /** Of what is bought: whether its invoice must be paid first. @example "payment" */
  @MayBeAbsent()
  @IsIn(['payment', 'issue'])
  usableOn?: UsableOn;

  /** Why: for your own records. @example "welcome" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  reason?: string;
}

export class CloseWalletDto extends DryRunDto {
  /**
   * What becomes of what is in it. `forfeit`: it is given up. `customer_credit`: what was bought is credit of the customer, which other invoices use or which is paid
   * out; what was given or has expired is gone. A wallet that has something left is not closed without it. @example "customer_credit"
   */
  @MayBeAbsent()
  @IsIn(['forfeit', 'customer_credit'])
  remainder?: WalletRemainder;

  /** @example "end of contract" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  reason?: string;
}

/** How much of what is left at a turn goes over to the next one, once. */
export class RolloverDto {
  /** Also where less is left. */
  @MayBeAbsent()
  @MoneyField()
  minimum?: Money;

  @MoneyField()
  maximum!: Money;
}

export class RecurringGrantDto extends DryRunDto {
  /** @example "promotional" */
  @IsIn(['promotional', 'compensation'])
  kind!: RecurrenceInput['kind'];

  @MoneyField()
  amount!: Money;

  /** @example 10 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(PRIORITY_MAX)
  priority?: number;

  /** From turn to turn, in the time zone of the account. */
  @IsObject()
  @ValidateNested()
  @Type(() => IntervalDto)
  interval!: IntervalDto;

  /** The turn that all others follow from; now without. Turns that are over give nothing. @example "2026-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  startAt?: Instant;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => RolloverDto)
  rollover?: RolloverDto;
}

export class RechargeDto extends DryRunDto {
  /** Below this a top-up is ordered. */
  @MoneyField()
  below!: Money;

  /** The balance that the top-up reaches. */
  @MoneyField()
  to!: Money;

  /** The most that is ordered so in a month of the books. */
  @MayBeAbsent()
  @MoneyField()
  monthlyCap?: Money;

  /** Whether the invoice of a top-up must be paid before it is used. @example "payment" */
  @MayBeAbsent()
  @IsIn(['payment', 'issue'])
  usableOn?: UsableOn;

  /** What falls below the level: the balance alone, or the balance less what usage so far would cost. @example "balance" */
  @MayBeAbsent()
  @IsIn(['balance', 'ongoing_balance'])
  counts?: 'balance' | 'ongoing_balance';
}

export class WalletsQueryDto extends PageQuery {
  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** @example "open" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['open', 'closed'], { each: true })
  status?: string[];

  /** A field, with `-` downwards; the newest first unless named. @example "createdAt" */
  @MayBeAbsent()
  @IsIn(['createdAt', '-createdAt'])
  sort?: string;
}

export const walletIn = ({ dryRun: _, scope, metadata = {}, ...wallet }: OpenWalletDto): WalletInput => ({
  ...wallet,
  scope: scope ?? {},
  metadata,
});

export const recurrenceIn = ({ dryRun: _, ...recurrence }: RecurringGrantDto): RecurrenceInput => recurrence;

export const rechargeIn = ({ below, to, monthlyCap, usableOn = 'payment', counts }: RechargeDto): WalletRecharge => ({
  below,
  to,
  ...mapped('monthlyCap', monthlyCap),
  usableOn,
  ...(counts === 'ongoing_balance' ? { counts } : {}),
});
