import { toJson } from '#kernel';
import { isDeepStrictEqual } from 'node:util';

const SHOWN_MAX = 10;

/** Prints each step with a tick or with what differs, and remembers whether all was right. */
export class Report {
  failed = false;

  async step<Result>(title: string, work: (check: Check) => Promise<Result>): Promise<Result> {
    const check = new Check();
    const begun = performance.now();
    try {
      const result = await work(check);
      this.print(title, check, performance.now() - begun);
      return result;
    } catch (error) {
      check.differs(error instanceof Error ? (error.stack ?? error.message) : String(error));
      this.print(title, check, performance.now() - begun);
      throw error;
    }
  }

  private print(title: string, { differences, notes }: Check, milliseconds: number): void {
    this.failed ||= differences.length > 0;
    const note = notes.length > 0 ? ` (${notes.join(', ')})` : '';
    console.log(`${differences.length === 0 ? '✓' : '✗'} ${title}${note} [${Math.round(milliseconds / 100) / 10} s]`);
    for (const difference of differences.slice(0, SHOWN_MAX)) console.log(`    ${difference}`);
    if (differences.length > SHOWN_MAX) console.log(`    … and ${differences.length - SHOWN_MAX} more`);
  }
}

export class Check {
  readonly differences: string[] = [];
  readonly notes: string[] = [];

  note(text: string): void {
    this.notes.push(text);
  }

  equal(what: string, found: unknown, expected: unknown): void {
    if (!isDeepStrictEqual(found, expected))
      this.differs(`${what}: expected ${shown(expected)}, found ${shown(found)}`);
  }

  differs(text: string): void {
    this.differences.push(text);
  }
}

const shown = (value: unknown): string => (JSON.stringify(toJson(value)) ?? 'nothing').slice(0, 400);
