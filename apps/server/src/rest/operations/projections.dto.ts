import { IsBoolean } from 'class-validator';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class RebuildDto {
  /** Hashes the tables before and after, taken at the same event. @example true */
  @MayBeAbsent()
  @IsBoolean()
  compare?: boolean;
}
