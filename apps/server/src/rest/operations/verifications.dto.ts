import { IsOptional, IsString, Length } from 'class-validator';

export class StartVerificationDto {
  /** One account; all of the tenant's unless named. @example "external:cust-42" */
  @IsOptional()
  @IsString()
  @Length(1, 300)
  accountId?: string;
}
