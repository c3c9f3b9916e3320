import { majorUnits, parseMoney, refuseAt, DomainError, type Money } from '#kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { ReadAs } from './fields.js';
import { IsCurrencyCode, IsDecimalText } from './rules.js';

const AMOUNTS_MAX = 30;

/** A decimal string in the currency's own digits: USD 2, JPY 0, KWD 3. */
export class MoneyDto {
  /** @example "24.55" */
  @IsDecimalText()
  amount!: string;

  /** @example "USD" */
  @IsCurrencyCode()
  currency!: string;
}

/** @throws DomainError `invalid_amount`: more digits than the currency has */
const moneyOf = ({ amount, currency }: MoneyDto, pointer: string): Money => {
  try {
    return parseMoney(amount, currency);
  } catch (error) {
    if (error instanceof DomainError) return refuseAt(`${pointer}/amount`, error.code, error.message);
    throw error;
  }
};

/** An amount with its currency, handed on in minor units. */
export const MoneyField = (): PropertyDecorator =>
  applyDecorators(
    IsObject(),
    ValidateNested(),
    Type(() => MoneyDto),
    ApiProperty({ type: () => MoneyDto }),
    ReadAs(moneyOf),
  );

/** Amounts in several currencies, each handed on in minor units. */
export const MoneyListField = (): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(AMOUNTS_MAX),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => MoneyDto),
    ApiProperty({ type: () => [MoneyDto] }),
    ReadAs(moneyOf),
  );

export const moneyResource = (money: Money): MoneyDto => ({ amount: majorUnits(money), currency: money.currency });
