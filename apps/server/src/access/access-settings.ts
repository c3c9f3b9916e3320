import type { TokenSettings } from './tokens.js';

export const REQUESTS_PER_HOUR = 1_000;
export const FAILURES_PER_MINUTE = 100;

/** How this installation lets callers in. */
export class AccessSettings {
  constructor(
    /** What a credential may send that was issued without a limit of its own. */
    readonly requestsPerHour: number = REQUESTS_PER_HOUR,
    /** Null where only API keys are taken. */
    readonly tokens: TokenSettings | null = null,
    /** How often an address may fail to say who it is. */
    readonly failuresPerMinute: number = FAILURES_PER_MINUTE,
    /** Proxies, by address or network, that say truly for whom they ask. */
    readonly trustedProxies: readonly string[] = [],
    /** What opens the metrics beside credentials that may look after the installation; null where nothing else does. */
    readonly metricsToken: string | null = null,
  ) {}
}
