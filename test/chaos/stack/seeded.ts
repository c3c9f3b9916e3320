/** Chance that a seed repeats. */

const GOLDEN = 0x9e37_79b9;

export class Seeded {
  private state: number;

  /** @param label what it is for: one seed gives each its own sequence, whoever asks first */
  constructor(seed: number, label: string) {
    this.state = seed >>> 0;
    for (const character of label) this.state = mixed(this.state ^ character.codePointAt(0)!);
  }

  /** From 0, below 1. */
  next(): number {
    this.state = (this.state + GOLDEN) >>> 0;
    return mixed(this.state) / 2 ** 32;
  }

  /** Both ends are among them. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.integer(0, choices.length - 1)]!;
  }

  /** @param weights how often each choice comes, against the others */
  weighted<Choice>(weights: readonly (readonly [Choice, number])[]): Choice {
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.next() * total;
    for (const [choice, weight] of weights) {
      left -= weight;
      if (left < 0) return choice;
    }
    return weights.at(-1)![0];
  }
}

/** Neighbours come out far apart. */
const mixed = (word: number): number => {
  let value = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35);
  return (value ^ (value >>> 16)) >>> 0;
};
