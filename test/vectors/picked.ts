/** Of an answer, what the case asks for: sources state some of the numbers only. */
export const picked = <Answer extends object>(answer: Answer, expected: unknown): Partial<Answer> =>
  Object.fromEntries(
    Object.entries(answer).filter(([key]) => typeof expected === 'object' && expected !== null && key in expected),
  ) as Partial<Answer>;
