export class ClockResource {
  /** What the clock shows. @example "2026-01-31T00:00:00Z" */
  now!: string;
  /** When it was last seen. @example "2026-01-31T00:00:00Z" */
  seenAt!: string;
}
