/** How the port treats those who are slow, and pages of other origins. */
export class HttpSettings {
  /** Until a request has told its headers. */
  readonly headersMilliseconds: number = 10_000;
  /** Until a request has arrived whole. */
  readonly requestMilliseconds: number = 30_000;
  /** Until a request that has arrived is answered, whatever it waits for: callers give up after twenty seconds. */
  readonly answerMilliseconds: number = 18_000;
  /** Until a connection is given up on which nothing moves, not even an answer that nobody fetches. */
  readonly silenceMilliseconds: number = 120_000;
  /** How often slow requests are looked for. */
  readonly lookMilliseconds: number = 1_000;
  /** Pages of these origins may call the API; none unless told. */
  readonly corsOrigins: readonly string[] = [];

  constructor(told: Partial<HttpSettings> = {}) {
    Object.assign(this, told);
  }
}
