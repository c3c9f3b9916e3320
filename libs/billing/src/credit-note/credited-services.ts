import type { CreditedLine } from '#contracts';
import type { LineId } from '#kernel';
import type { Account, BilledLine, BilledService } from '../account/account.state.js';

/** Whether a line is one of those that a note gives something back of. */
export const isOneOf = (credited: readonly CreditedLine[]): ((line: BilledLine) => boolean) => {
  const ids = new Set<LineId>(credited.map(({ lineId }) => lineId));
  return ({ lineId }) => ids.has(lineId);
};

/** Notes what of live lines is given back, or no more: later differences of what they bill are held against what is left. Answers the services that they are of. */
export const credit = (
  { billed }: Pick<Account, 'billed'>,
  credited: readonly CreditedLine[],
  sign: 1n | -1n,
): BilledService[] => {
  const amounts = new Map(credited.map(({ lineId, amount }) => [lineId, sign * amount.minor]));
  const isTouched = isOneOf(credited);
  const services = [...billed.values()].filter(({ lines }) => lines.some(isTouched));
  for (const service of services)
    service.lines = service.lines.map((line) => withCredit(line, amounts.get(line.lineId) ?? 0n));
  return services;
};

const withCredit = ({ creditedMinor: before = 0n, ...line }: BilledLine, minor: bigint): BilledLine =>
  before + minor === 0n ? line : { ...line, creditedMinor: before + minor };
