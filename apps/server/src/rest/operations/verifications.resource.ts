import type { Verification } from '../../audit/verifications.js';

export class DifferenceResource {
  accountId!: string;
  /** @example "invoices" */
  subject!: string;
  /** JSON pointer to what differs. @example "/inv_01j9…/invoice/status" */
  field!: string;
  /** What the log says. */
  expected!: unknown;
  /** What was found. */
  found!: unknown;
  /** The first event at which the two part, where that can be told. */
  event?: { stream: string; revision: number };
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
  differences!: DifferenceResource[];
  failure!: string | null;
}

export const verificationResource = (verification: Verification): VerificationResource => ({
  ...verification,
  differences: verification.differences.map((difference) => ({ ...difference })),
});
