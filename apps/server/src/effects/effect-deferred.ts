/** It was not done this time. What it says is shown to operators and stays for long: it names nobody. */
export class EffectDeferred extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EffectDeferred';
  }
}
