import { LOGO_TEXT_MAX } from '#contracts';
import { IsOptional, IsString, Length, Matches } from 'class-validator';

/** Fields that are left out stay; `null` removes one. */
export class ChangeBrandingDto {
  /** A PNG or a JPEG in grey or RGB, in base64: 64 KiB and 2000 pixels a side at the most. @example "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" */
  @IsOptional()
  @IsString()
  @Length(1, LOGO_TEXT_MAX)
  logo?: string | null;

  /** Of titles and rules. @example "#0a5c36" */
  @IsOptional()
  @IsString()
  @Matches(/^#[0-9a-f]{6}$/u)
  accentColor?: string | null;

  /** What invoices say of how they are paid, above the bank accounts. @example "Please name the number of the invoice." */
  @IsOptional()
  @IsString()
  @Length(1, 1024)
  paymentText?: string | null;
}
