/** What the API refused, or could not do. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: unknown,
  ) {
    super(`${status} ${code}: ${detailOf(problem)}`);
    this.name = 'ApiProblem';
  }
}

const detailOf = (problem: unknown): string =>
  typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : '';

/** What an answer that is no success says. */
export const problemIn = ({ status }: Response, answer: unknown): ApiProblem =>
  new ApiProblem(status, (answer as { code?: string } | undefined)?.code ?? 'unknown', answer);
