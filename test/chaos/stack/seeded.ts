/** Chance that a seed repeats. */
import { crc32 } from 'node:zlib';
import { Dice } from '../../services/dice.js';

const SIDES = 2 ** 24;

export class Seeded {
  private readonly dice: Dice;

  /** @param label what it is for: one seed gives each its own sequence, whoever asks first */
  constructor(seed: number, label: string) {
    this.dice = new Dice(crc32(`${seed} ${label}`));
  }

  /** From 0, below 1. */
  next(): number {
    return this.dice.roll(SIDES) / SIDES;
  }

  /** Both ends are among them. */
  integer(from: number, to: number): number {
    return from + this.dice.roll(to - from + 1);
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    return this.dice.pick(choices);
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
