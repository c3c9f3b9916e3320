/** A movement with its place on both time axes: when it counts and when the log learned it. */
export interface TimedMovement<Time> {
  readonly source: string;
  readonly destination: string;
  readonly amount: bigint;
  readonly effective: Time;
  readonly recorded: Time;
}

/** Both bounds belong to it; a missing one does not bound. */
export interface TimeBounds<Time> {
  readonly from?: Time;
  readonly until?: Time;
}

export interface Volume {
  readonly input: bigint;
  readonly output: bigint;
  readonly balance: bigint;
}

const within = <Time extends number | string>(time: Time, { from, until }: TimeBounds<Time>): boolean =>
  (from === undefined || time >= from) && (until === undefined || time <= until);

/**
 * What went in and out of each account, counting what lies within the bounds of both axes: a balance at a time, as known at
 * another. Accounts that nothing touched are not in it; one that moved nothing is, with zeros.
 */
export const volumesWithin = <Time extends number | string>(
  movements: readonly TimedMovement<Time>[],
  { effective = {}, recorded = {} }: { readonly effective?: TimeBounds<Time>; readonly recorded?: TimeBounds<Time> },
): ReadonlyMap<string, Volume> => {
  const volumes = new Map<string, Volume>();
  const add = (account: string, input: bigint, output: bigint): void => {
    const before = volumes.get(account) ?? { input: 0n, output: 0n, balance: 0n };
    volumes.set(account, {
      input: before.input + input,
      output: before.output + output,
      balance: before.balance + input - output,
    });
  };
  for (const movement of movements) {
    if (!within(movement.effective, effective) || !within(movement.recorded, recorded)) continue;
    add(movement.source, 0n, movement.amount);
    add(movement.destination, movement.amount, 0n);
  }
  return volumes;
};
