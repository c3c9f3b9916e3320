import { ApiProperty } from '@nestjs/swagger';
/** One of those who used most of a meter. */
export class TopConsumerResource {
  /** Counted from 1. @example 1 */
  rank!: number;
  /** Null of groups. @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string | null;
  /** Null of groups, and once the person was erased. @example "Ada Lovelace Ltd" */
  accountName!: string | null;
  /** Of subscriptions; null for readings that none took. @example "sub_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  subscriptionId!: string | null;
  /** Of groups, their values. @example { "model": "large" } */
  @ApiProperty({ type: 'object', additionalProperties: { type: ['string', 'null'] } })
  group!: Record<string, string | null>;
  /** @example "561229" */
  quantity!: string;
  /** Readings that were counted. @example 485 */
  @ApiProperty({ format: 'int64' })
  count!: number;
}
