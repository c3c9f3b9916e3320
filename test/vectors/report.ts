import type { Adapters } from './adapter.js';
import { shown } from './comparison.js';
import { runVector, type Outcome } from './run.js';
import type { Vector } from './vector.js';

interface KindReport {
  readonly kind: string;
  readonly outcomes: readonly { readonly id: string; readonly outcome: Outcome }[];
}

const count = ({ outcomes }: KindReport, status: Outcome['status']): number =>
  outcomes.filter(({ outcome }) => outcome.status === status).length;

/**
 * Prints each kind with what passed, failed and is no goal, and how many of those that passed went through what bills; answers
 * whether all is right.
 */
export const report = (
  vectors: readonly Vector[],
  adapters: Adapters,
  whatBills: ReadonlySet<string>,
  print: (line: string) => void,
): boolean => {
  const kinds = [...Map.groupBy(vectors, ({ kind }) => kind)].map(([kind, cases]): KindReport => ({
    kind,
    outcomes: cases.map((vector) => ({ id: vector.id, outcome: runVector(vector, adapters) })),
  }));
  for (const kind of kinds) for (const line of kindLines(kind, whatBills)) print(line);
  const total = (status: Outcome['status'], of = kinds) => of.reduce((sum, kind) => sum + count(kind, status), 0);
  const billed = kinds.filter(({ kind }) => whatBills.has(kind));
  const arithmetic = kinds.filter(({ kind }) => !whatBills.has(kind));
  print(`${total('passed', billed)} passed through what bills, ${total('passed', arithmetic)} by arithmetic only`);
  print(
    `${vectors.length} cases: ${total('passed')} passed, ${total('failed')} failed, ` +
      `${total('non_goal')} non-goal, ${total('unknown_kind')} of unknown kind`,
  );
  return vectors.length > 0 && total('failed') === 0 && total('unknown_kind') === 0;
};

const kindLines = (kind: KindReport, whatBills: ReadonlySet<string>): string[] => [
  `${kind.kind}: ${count(kind, 'passed')} passed, ${count(kind, 'failed')} failed, ${count(kind, 'non_goal')} non-goal` +
    (count(kind, 'unknown_kind') > 0 ? `, ${count(kind, 'unknown_kind')} of unknown kind` : '') +
    (count(kind, 'passed') > 0 && !whatBills.has(kind.kind) ? ' (arithmetic only)' : ''),
  ...kind.outcomes.flatMap(({ id, outcome }) => outcomeLines(id, outcome)),
];

const outcomeLines = (id: string, outcome: Outcome): string[] => {
  switch (outcome.status) {
    case 'passed':
      return [];
    case 'failed':
      return [`  failed ${id}`, `    expected ${shown(outcome.expected)}`, `    got      ${shown(outcome.got)}`];
    case 'non_goal':
      return [`  non-goal ${id}: ${outcome.reason}`];
    case 'unknown_kind':
      return [`  unknown kind ${id}`];
  }
};
