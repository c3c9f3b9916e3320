import { refuse, type AccountId } from '#kernel';
import { LINES_PER_INVOICE_MAX } from '../due-services.js';
import type { LinesBudget } from './billing-facts.js';

/** One answer to one request: what is larger is said to be so, and not told in part. */
export class PreviewBudget implements LinesBudget {
  /** By account: one that is looked at again is not counted twice. */
  private readonly lines = new Map<AccountId, number>();

  constructor(
    private readonly linesMax: number,
    private readonly whatToDo: string,
  ) {}

  /** @throws DomainError `preview_too_large` */
  spend(accountId: AccountId, lines: number, more: boolean): void {
    if (more) {
      refuse(
        'preview_too_large',
        `Of account ${accountId} more is due than goes on one invoice (${LINES_PER_INVOICE_MAX} lines). ${this.whatToDo}`,
      );
    }
    this.lines.set(accountId, lines);
    const all = [...this.lines.values()].reduce((total, some) => total + some, 0);
    if (all > this.linesMax)
      refuse('preview_too_large', `A preview has at most ${this.linesMax} lines. ${this.whatToDo}`);
  }
}
