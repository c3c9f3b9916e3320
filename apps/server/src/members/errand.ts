import type { RefusalKind, Violation } from '#kernel';

/** What one member asks of another. */
export interface Errand {
  readonly id: number;
  /** Which of its doings is asked for. */
  readonly kind: string;
  readonly body: unknown;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly kind: RefusalKind;
  readonly violations: readonly Violation[];
}

/** It says nothing of what was asked, which may go well elsewhere. */
export interface Failure {
  readonly id: number;
  readonly failure: string;
  /** Whether nobody expects it: neither the log nor the database is away. */
  readonly isFault: boolean;
}

export type Reply =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly refusal: Refusal } | Failure;

/** Silent for so long, a connection is looked after by the system: whoever vanished without a word is let go within a minute. */
export const KEEP_ALIVE_MILLISECONDS = 10_000;

/** Whoever was asked cannot be reached, fell silent, or failed. It may have done it all the same. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}
