/** Patterns: the text of a regular expression, read from left to right. */
import { InvalidPattern } from './syntax.js';

export class PatternText {
  private at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.at);
  }

  read(): string {
    if (this.isAtEnd) throw new InvalidPattern('It ends too early.');
    return this.text.charAt(this.at++);
  }

  take(character: string): boolean {
    const isNext = !this.isAtEnd && this.next === character;
    if (isNext) this.at++;
    return isNext;
  }

  /** @param expression a sticky one */
  takeMatch(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text) ?? undefined;
    if (found !== undefined) this.at += found[0].length;
    return found;
  }
}
