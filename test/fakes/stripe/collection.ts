import { invalid, missing } from './api-error.js';
import type { Form } from './form.js';

interface Listed {
  readonly id: string;
  readonly created: number;
}

export interface Page<T> {
  readonly object: 'list';
  readonly url: string;
  readonly has_more: boolean;
  readonly data: readonly T[];
}

/** Objects of one kind, in the order in which they were made. */
export class Collection<T extends Listed> {
  private readonly made: T[] = [];
  private readonly places = new Map<string, number>();

  constructor(
    readonly thing: string,
    readonly url: string,
  ) {}

  add(item: T): T {
    this.places.set(item.id, this.made.length);
    this.made.push(item);
    return item;
  }

  find(id: string): T | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.made[place];
  }

  /** @param param what of a request names it; without, it is the request's own path */
  get(id: string, param?: string): T {
    const found = this.find(id);
    if (found) return found;
    return param === undefined ? missing(this.thing, id) : missing(this.thing, id, param, 400);
  }

  all(): readonly T[] {
    return this.made;
  }

  /** Newest first; `ending_before` is the page next to it on the newer side. */
  list(form: Form, accepts: (item: T) => boolean = () => true): Page<T> {
    const limit = form['limit'] === undefined ? 10 : Number(form['limit']);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) invalid('Invalid integer: limit', undefined, 'limit');
    const inTime = createdWithin(form['created']);
    const wanted = (item: T) => inTime(item.created) && accepts(item);
    const after = this.placeOf(form, 'starting_after', accepts);
    const before = this.placeOf(form, 'ending_before', accepts);
    const found: T[] = [];
    if (before !== undefined) {
      for (let place = before + 1; place < this.made.length && found.length <= limit; place += 1) {
        if (wanted(this.made[place]!)) found.push(this.made[place]!);
      }
      return this.page(found.slice(0, limit).reverse(), found.length > limit);
    }
    for (let place = (after ?? this.made.length) - 1; place >= 0 && found.length <= limit; place -= 1) {
      if (wanted(this.made[place]!)) found.push(this.made[place]!);
    }
    return this.page(found.slice(0, limit), found.length > limit);
  }

  private page(data: readonly T[], has_more: boolean): Page<T> {
    return { object: 'list', url: this.url, has_more, data };
  }

  private placeOf(form: Form, name: 'starting_after' | 'ending_before', accepts: (item: T) => boolean) {
    const id = form[name];
    if (typeof id !== 'string') return undefined;
    const item = this.get(id, name);
    // An event that is older than the API keeps is as one that never was.
    if (!accepts(item) && this.thing === 'event') missing(this.thing, item.id, name, 400);
    return this.places.get(item.id)!;
  }
}

const createdWithin = (range: Form[string] | undefined): ((created: number) => boolean) => {
  if (range === undefined) return () => true;
  if (typeof range === 'string') return (created) => created === Number(range);
  const { gt, gte, lt, lte } = range as Record<string, string | undefined>;
  return (created) =>
    (gt === undefined || created > Number(gt)) &&
    (gte === undefined || created >= Number(gte)) &&
    (lt === undefined || created < Number(lt)) &&
    (lte === undefined || created <= Number(lte));
};
