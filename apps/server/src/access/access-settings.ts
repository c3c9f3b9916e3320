import type { TokenSettings } from './tokens.js';

export const REQUESTS_PER_HOUR = 1_000;

/** How this installation lets callers in. */
export class AccessSettings {
  constructor(
    /** What a credential may send that was issued without a limit of its own. */
    readonly requestsPerHour: number = REQUESTS_PER_HOUR,
    /** Null where only API keys are taken. */
    readonly tokens: TokenSettings | null = null,
  ) {}
}
