import { ApiError } from './api-error.js';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Kept {
  readonly asked: string;
  readonly at: number;
  answer: Answer | undefined;
}

const DAY = 86_400;

/** The first answer to each key, for a day: the same request is answered by it, errors as well, and another one is refused. */
export class IdempotencyKeys {
  private readonly kept = new Map<string, Kept>();

  /** @returns the answer of before, if there is one; otherwise the key is in use until it is `saved` or `released` */
  begin(key: string, asked: string, now: number): Answer | undefined {
    this.prune(now);
    const found = this.kept.get(key);
    if (!found) {
      this.kept.set(key, { asked, at: now, answer: undefined });
      return undefined;
    }
    if (found.asked !== asked) {
      throw new ApiError(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with: '${key}'.`,
      });
    }
    if (!found.answer) {
      throw new ApiError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this key: '${key}'.`,
      });
    }
    return found.answer;
  }

  save(key: string, answer: Answer): void {
    const kept = this.kept.get(key);
    if (kept) kept.answer = answer;
  }

  release(key: string): void {
    this.kept.delete(key);
  }

  /** They are kept in the order in which they came. */
  private prune(now: number): void {
    for (const [key, { at }] of this.kept) {
      if (now - at < DAY) return;
      this.kept.delete(key);
    }
  }
}
