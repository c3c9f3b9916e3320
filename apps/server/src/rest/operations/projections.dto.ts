import { IsBoolean, IsOptional } from 'class-validator';

export class RebuildDto {
  /** Hashes the tables before and after, taken at the same event. @example true */
  @IsOptional()
  @IsBoolean()
  compare?: boolean;
}
