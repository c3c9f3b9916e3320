/**
 * Questions of one group are asked together: one statement is under way for it, and the next one takes whoever waits by then. So each waits for
 * two at the most, and many cost what few do.
 */
export class Grouped<Question, Answer> {
  private readonly groups = new Map<string, Asked<Question, Answer>[]>();

  /** @param most how many are asked at once */
  constructor(
    private readonly ask: (group: string, questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly most: number,
  ) {}

  of(group: string, question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = this.groups.get(group);
      if (waiting) waiting.push({ question, resolve, reject });
      else {
        this.groups.set(group, [{ question, resolve, reject }]);
        // After what the event loop has at hand: what arrived together is asked together.
        setImmediate(() => void this.run(group));
      }
    });
  }

  private async run(group: string): Promise<void> {
    for (let asked = this.next(group); asked.length > 0; asked = this.next(group)) {
      try {
        const answers = await this.ask(
          group,
          asked.map(({ question }) => question),
        );
        for (const [index, { resolve }] of asked.entries()) resolve(answers[index]!);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.groups.delete(group);
  }

  private next(group: string): Asked<Question, Answer>[] {
    return this.groups.get(group)!.splice(0, this.most);
  }
}

interface Asked<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}
