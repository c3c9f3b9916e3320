import type { CsvMapping } from '#bank-statements';
import type { AccountId } from '#kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBase64,
  IsIBAN,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { textField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { CommaSeparated, PageQuery } from '../../pipeline/queries.dto.js';
import { IsCurrencyCode, MayBeAbsent } from '../../pipeline/rules.js';
import { AllocationDto, DryRunDto } from '../billing/billing.dto.js';

const compact = (text: string): string => text.replaceAll(' ', '').toUpperCase();
const IbanField = textField(IsIBAN, compact);
const CONTENT_MAX = 14 * 1024 * 1024;

export class RegisterBankAccountDto {
  /** @example "Main account" */
  @IsString()
  @Length(1, 128)
  name!: string;

  /** That of its statements. @example "EUR" */
  @IsCurrencyCode()
  currency!: string;

  /** @example "DE89 3704 0044 0532 0130 00" */
  @MayBeAbsent()
  @IbanField()
  iban?: string;

  /** Where there is no IBAN. @example "000123456789" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  accountNumber?: string;
}

export class CsvColumnsDto {
  /** @example "Booking date" */
  @IsString()
  @Length(1, 128)
  bookedOn!: string;

  /** @example "Value date" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  valueOn?: string;

  /** With its sign; or a column of credits and one of debits. @example "Amount" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  amount?: string;

  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  credit?: string;

  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  debit?: string;

  /** What is read one after the other as its text. @example ["Description"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  text!: string[];

  /** @example "Name" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  name?: string;

  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  iban?: string;

  /** How the bank calls the booking. */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  bankReference?: string;

  /** A structured reference. */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  reference?: string;
}

export class CsvMappingDto {
  /** @example ";" */
  @IsIn([',', ';', '\t', '|'])
  delimiter!: CsvMapping['delimiter'];

  /** Lines before that of the headings. @example 0 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(100)
  skipLines?: number;

  /** @example "DMY" */
  @IsIn(['YMD', 'DMY', 'MDY'])
  dateOrder!: CsvMapping['dateOrder'];

  /** @example "," */
  @IsIn(['.', ','])
  decimalMark!: CsvMapping['decimalMark'];

  /** Which column says what, by its heading. */
  @IsObject()
  @ValidateNested()
  @Type(() => CsvColumnsDto)
  columns!: CsvColumnsDto;
}

export class ImportBankStatementDto {
  /** The file in base64. Over HTTP, the file itself may be the body. @example "OjIwOlNUQVJUVU1TCjoyNTpERTg5MzcwNDAwNDQwNTMyMDEzMDAwCjoyOEM6MQo6NjBGOkMyNjAzMDJFVVIwLAo6NjJGOkMyNjAzMDJFVVIwLAotCg==" */
  @IsString()
  @Length(1, CONTENT_MAX)
  @IsBase64()
  content!: string;

  /** How a CSV file is read. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => CsvMappingDto)
  csv?: CsvMappingDto;
}

export class MatchBankEntryDto extends DryRunDto {
  /** Whose money it is. @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  @IdField('account')
  @Length(1, 300)
  accountId!: AccountId;

  /** What it settles; open invoices, the oldest due first, unless named. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => AllocationDto)
  allocations?: AllocationDto[];
}

export class BankEntriesQueryDto extends PageQuery {
  /** @example "unmatched" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['unmatched', 'matched', 'ignored', 'split'], { each: true })
  status?: string[];
}
