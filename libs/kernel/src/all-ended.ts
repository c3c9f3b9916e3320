/** As `Promise.all`, but nothing goes on any more when it settles: whoever tries again does not run beside what failed. */
export const allEnded = async <Value>(promises: Iterable<PromiseLike<Value>>): Promise<Value[]> => {
  const settled = await Promise.allSettled(promises);
  return settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
};
