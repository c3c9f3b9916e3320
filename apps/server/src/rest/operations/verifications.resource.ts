import { ApiProperty } from '@nestjs/swagger';
import type { Verification } from '../../audit/verifications.js';

/** Whatever stands in a field. */
const ANY_VALUE = {
  anyOf: ['string', 'number', 'boolean', 'object', 'null'].map((type) => ({ type })),
};

export class DifferingEventResource {
  /** @example "account-acme_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  stream!: string;
  /** @example 7 */
  @ApiProperty({ format: 'int64' })
  revision!: number;
}

export class DifferenceResource {
  /** Null where a stream of the log differs that belongs to no account. @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string | null;
  /** What was compared; `log` where an event itself is not what was appended. @example "invoices" */
  subject!: string;
  /** JSON pointer to what differs; in the `log` one of `chain`, `revision`, `id`. @example "/inv_01j9…/invoice/status" */
  field!: string;
  @ApiProperty({ description: 'What the log says.', example: 'paid', ...ANY_VALUE })
  expected!: unknown;
  @ApiProperty({ description: 'What was found.', example: 'open', ...ANY_VALUE })
  found!: unknown;
  /** The first event at which the two part, where that can be found. */
  event?: DifferingEventResource;
}

export class VerificationResource {
  /** @example "ver_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  accountId!: string | null;
  /** @example "completed" */
  status!: 'running' | 'completed' | 'failed';
  /** @example 40 */
  accounts!: number;
  /** @example 40 */
  accountsChecked!: number;
  /** @example [] */
  differences!: DifferenceResource[];
  failure!: string | null;
}

export const verificationResource = (verification: Verification): VerificationResource => ({
  ...verification,
  differences: verification.differences.map((difference) => ({ ...difference })),
});
