import type { AssignedNumber, Fact } from '#contracts';
import type { LocalDate } from '#kernel';

export interface NumberRequest {
  readonly documentId: AssignedNumber['documentId'];
  readonly issueDate: LocalDate;
  readonly source: AssignedNumber['source'];
}

/** The next numbers after the last one, without a gap, in one fact. */
export const numbersAssigned = (
  requests: readonly NumberRequest[],
  { format, next }: { readonly format: string; readonly next: number },
): Fact<'NumbersAssigned'> => {
  const numbers = requests.map(({ documentId, issueDate, source }, index) => {
    const sequence = next + index;
    return { documentId, sequence, number: formatted(format, sequence, issueDate), source };
  });
  return { type: 'NumbersAssigned', data: { numbers } };
};

/**
 * `INV-{year}-{sequence:5}` → `INV-2026-00042`; `{month}` has two digits. `{account:3}` is the account's own number, for series
 * that count per account: `ACME-{account:3}-{sequence:3}` → `ACME-027-006`.
 */
export const formatted = (format: string, sequence: number, issueDate: LocalDate, accountSequence = 0): string =>
  format
    .replaceAll('{year}', issueDate.slice(0, 4))
    .replaceAll('{month}', issueDate.slice(5, 7))
    .replaceAll(/\{(sequence|account)(?::(\d+))?\}/g, (_, name: string, width?: string) =>
      String(name === 'account' ? accountSequence : sequence).padStart(Number(width ?? 1), '0'),
    );
