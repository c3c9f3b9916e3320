import DataLoader from 'dataloader';

/**
 * What is asked while the same is being asked already goes together next: many cost what few do.
 * @param ask answers in the order of the questions, of which there are `most` at once
 */
export const batchesOf = <Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  most: number,
): DataLoader<Question, Answer> => {
  let asking: Promise<unknown> = Promise.resolve();
  return new DataLoader<Question, Answer>(
    (questions) => {
      const answers = ask(questions);
      // Whoever waits for a batch is told of its failure.
      asking = answers.catch(() => undefined);
      return answers;
    },
    {
      cache: false,
      maxBatchSize: most,
      // After what the event loop has at hand: what arrives together goes together.
      batchScheduleFn: (begin) => void asking.then(() => setImmediate(begin)),
    },
  );
};
