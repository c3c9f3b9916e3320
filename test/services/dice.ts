/** Whole numbers from a seed, the same for ever: no floating point comes near an amount. */
export class Dice {
  constructor(private state: number) {}

  /** From 0, below `sides`. */
  roll(sides: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
    return ((this.state >>> 8) & 16777215) % sides;
  }

  pick<Thing>(things: readonly Thing[]): Thing {
    return things[this.roll(things.length)]!;
  }
}
