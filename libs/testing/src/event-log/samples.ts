import { v4 as randomId } from 'uuid';

import { type ProposedEvent } from '#kernel';

/** For tests: a stream name that nobody used before, so that suites can run on a server that keeps its data. */
export const aStream = (category = 'contract'): string => `${category}-${randomId().replaceAll('-', '')}`;

export const anEvent = (number = 0, type = 'Counted'): ProposedEvent => ({
  id: randomId(),
  type,
  data: { number, text: 'größer ≥ 10 €' },
  metadata: { by: 'contract' },
});

export const events = (count: number, type?: string): ProposedEvent[] =>
  Array.from({ length: count }, (_, number) => anEvent(number, type));

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
