import type { TestClockRecord } from '#billing/test-clock';

/** A clock that is set by hand; the accounts that were opened on it live by it. */
export class TestClockResource {
  /** @example "clk_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "A year in the life" */
  name!: string | null;
  /** @example "2026-01-01T00:00:00Z" */
  startedFrom!: string;
  /** Whether it is what the tenant goes by, and each account that names no other. @example false */
  default!: boolean;
  /** What it shows. @example "2026-02-01T00:00:00Z" */
  now!: string;
  /** Whether something that fell due by then is still to be done. @example "ready" */
  status!: 'advancing' | 'ready';
}

export const testClockResource = (
  { clockId, name, startedFrom, now }: TestClockRecord,
  { isDefault, advancing }: { readonly isDefault: boolean; readonly advancing: boolean },
): TestClockResource => ({
  id: clockId,
  name,
  startedFrom,
  default: isDefault,
  now,
  status: advancing ? 'advancing' : 'ready',
});
