/** What a command brought along was gathered from an older state: whoever gathered it gathers again. Not a refusal. */
export class StaleFacts extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StaleFacts';
  }
}
