import type { CreditedLine } from '#contracts';
import type { LineId } from '#kernel';
import type { Account, BilledLine, BilledService } from '../account/account.state.js';
import { netsByLine } from '../revenue/billed-revenue.js';

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
  const nets = netsByLine(credited);
  const isTouched = (line: BilledLine): boolean => nets.has(line.lineId);
  const services = [...billed.values()].filter(({ lines }) => lines.some(isTouched));
  for (const service of services)
    service.lines = service.lines.map((line) =>
      withCredit(line, amounts.get(line.lineId) ?? 0n, sign * (nets.get(line.lineId) ?? 0n)),
    );
  return services;
};

const withCredit = (
  { creditedMinor: before = 0n, creditedNetMinor: netBefore = before, ...line }: BilledLine,
  minor: bigint,
  net: bigint,
): BilledLine => {
  const creditedMinor = before + minor;
  const creditedNetMinor = netBefore + net;
  return {
    ...line,
    ...(creditedMinor === 0n ? {} : { creditedMinor }),
    ...(creditedNetMinor === creditedMinor ? {} : { creditedNetMinor }),
  };
};
