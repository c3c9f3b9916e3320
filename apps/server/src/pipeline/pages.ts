import type { Page, PageRequest } from '#postgres';
import { mapped } from './mapped.js';
import type { PageCursors } from './page-cursors.resource.js';
import type { PageQuery } from './queries.dto.js';

export interface PageResource<Resource> {
  readonly data: readonly Resource[];
  readonly page: PageCursors;
}

export const pageRequest = ({ limit, after, before, sort }: PageQuery & { readonly sort?: string }): PageRequest => ({
  limit,
  ...mapped('after', after),
  ...mapped('before', before),
  ...mapped('sort', sort),
});

/** A list that is always told whole. */
export const wholeList = <Resource>(data: readonly Resource[]): PageResource<Resource> => ({
  data,
  page: { next: null, previous: null },
});

export const pageResource = <Resource>(
  { next, previous }: Page<unknown>,
  data: readonly Resource[],
): PageResource<Resource> => ({
  data,
  page: { next, previous },
});
