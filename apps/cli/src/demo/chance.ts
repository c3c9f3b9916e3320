import { hash } from 'node:crypto';

const DIGITS = 12;
const OUTCOMES = 16 ** DIGITS;

/** Chance that follows from a seed and from what it is asked about: asked again, or in another order, it says the same. */
export class Chance {
  constructor(private readonly seed: string) {}

  /** From 0 up to, but not including, 1. */
  fraction(...about: readonly (string | number)[]): number {
    return parseInt(hash('sha256', [this.seed, ...about].join('|')).slice(0, DIGITS), 16) / OUTCOMES;
  }

  happens(share: number, ...about: readonly (string | number)[]): boolean {
    return this.fraction(...about) < share;
  }

  /** Both ends may come. */
  whole(least: number, most: number, ...about: readonly (string | number)[]): number {
    return least + Math.floor(this.fraction(...about) * (most - least + 1));
  }

  pick<Choice>(choices: readonly Choice[], ...about: readonly (string | number)[]): Choice {
    return choices[this.whole(0, choices.length - 1, ...about)]!;
  }
}
