/** Asks once for all who ask at a time, and keeps the answer for a while: what looks in from outside costs next to nothing. */
export const remembered = <Answer>(milliseconds: number, ask: () => Promise<Answer>): (() => Promise<Answer>) => {
  let answer: Promise<Answer> | null = null;
  let askedAt = -Infinity;
  return () => {
    if (answer !== null && performance.now() - askedAt < milliseconds) return answer;
    askedAt = performance.now();
    const asked = ask();
    answer = asked;
    asked.catch(() => {
      if (answer === asked) answer = null;
    });
    return asked;
  };
};
