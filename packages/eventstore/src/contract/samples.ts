import { v4 as randomId } from 'uuid';

/** For tests: a stream name that nobody used before, so that they can run on a server that keeps its data. */
export const aStream = (category = 'contract'): string => `${category}-${randomId().replaceAll('-', '')}`;

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
