interface Head<Item> {
  readonly item: Item;
  readonly rest: Iterator<Item>;
  /** Where it stands among the sources: what is equal comes in their order. */
  readonly source: number;
}

/** Sources that are each in order, as one that is. Takes no more from any than it has to. */
export function* merged<Item>(
  sources: readonly Iterable<Item>[],
  compare: (left: Item, right: Item) => number,
): Generator<Item> {
  const heads: Head<Item>[] = [];
  const isFirst = (left: Head<Item>, right: Head<Item>): boolean =>
    (compare(left.item, right.item) || left.source - right.source) < 0;
  for (const [source, items] of sources.entries()) {
    const rest = items[Symbol.iterator]();
    const next = rest.next();
    if (next.done !== true) rise(heads, { item: next.value, rest, source }, isFirst);
  }
  for (let [first] = heads; first !== undefined; [first] = heads) {
    yield first.item;
    const next = first.rest.next();
    if (next.done !== true) sink(heads, { ...first, item: next.value }, isFirst);
    else {
      const last = heads.pop()!;
      if (heads.length > 0) sink(heads, last, isFirst);
    }
  }
}

type IsFirst<Item> = (left: Head<Item>, right: Head<Item>) => boolean;

/** A heap: each comes before the two below it. */
const rise = <Item>(heads: Head<Item>[], head: Head<Item>, isFirst: IsFirst<Item>): void => {
  let place = heads.push(head) - 1;
  for (let above = (place - 1) >> 1; place > 0 && isFirst(head, heads[above]!); above = (place - 1) >> 1) {
    heads[place] = heads[above]!;
    heads[above] = head;
    place = above;
  }
};

/** In place of the first one. */
const sink = <Item>(heads: Head<Item>[], head: Head<Item>, isFirst: IsFirst<Item>): void => {
  heads[0] = head;
  for (let place = 0; ;) {
    const left = 2 * place + 1;
    const below = left + 1 < heads.length && isFirst(heads[left + 1]!, heads[left]!) ? left + 1 : left;
    if (below >= heads.length || !isFirst(heads[below]!, head)) return;
    heads[place] = heads[below]!;
    heads[below] = head;
    place = below;
  }
};
