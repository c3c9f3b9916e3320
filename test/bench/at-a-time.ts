/** Does something so often, some of it at a time, each in the order of its number. */
export const atATime = async (
  most: number,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> => {
  let next = 0;
  const workNext = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: most }, workNext));
};
