import { isId, refuseAt, type Money, type TransferId } from '#kernel';
import { TRANSFER_FLAGS, LEDGER_CODES, type LedgerCode, type TransferFlag } from '#ledger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DryRunDto } from '../billing/billing.dto.js';
import { ReadAs } from '../../pipeline/fields.js';
import { PageQuery } from '../../pipeline/queries.dto.js';
import { MoneyField } from '../../pipeline/money.dto.js';
import { MayBeAbsent } from '../../pipeline/rules.js';

/** Posting and voiding have doors of their own. */
const FLAGS = TRANSFER_FLAGS.filter((flag) => flag !== 'post_pending' && flag !== 'void_pending');
const TIMEOUT_SECONDS_MAX = 10 * 366 * 24 * 60 * 60;

const chosenId = (id: string, pointer: string): TransferId =>
  isId('tfr', id)
    ? id
    : refuseAt(pointer, 'invalid_id', 'This is an id of a transfer: “tfr_” and 26 characters.', 'invalid');

export class LinkedTransferDto {
  /** Your own choice of a `tfr_…` id: the same one again is the same transfer, or a conflict. */
  @MayBeAbsent()
  @IsString()
  @Length(30, 30)
  @ReadAs(chosenId)
  id?: TransferId;

  /** @example "cash" */
  @IsIn(LEDGER_CODES)
  debit!: LedgerCode;

  /** @example "wallet" */
  @IsIn(LEDGER_CODES)
  credit!: LedgerCode;

  /** With a balancing flag, the most that may move. */
  @MoneyField()
  amount!: Money;

  /** @example ["pending"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(8)
  @ArrayUnique()
  @IsIn(FLAGS, { each: true })
  flags?: TransferFlag[];

  /** How long a pending transfer waits; for ever unless named. @example 3600 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(TIMEOUT_SECONDS_MAX)
  timeoutSeconds?: number;
}

export class TransferDto extends LinkedTransferDto {
  /** Answers what would happen, and writes nothing. @example false */
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;

  /** Transfers that follow this one and stand or fall with it. @example [] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => LinkedTransferDto)
  linked?: LinkedTransferDto[];
}

export class PostTransferDto extends DryRunDto {
  /** All of it unless named; the rest is given back. */
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;
}

export class VoidTransferDto extends DryRunDto {}

export class TransfersQueryDto extends PageQuery {
  /** A field, with `-` downwards; the newest first unless named. @example "bookedOn" */
  @MayBeAbsent()
  @IsIn(['bookedOn', '-bookedOn', 'recordedAt', '-recordedAt', 'amount', '-amount'])
  sort?: string;
}
