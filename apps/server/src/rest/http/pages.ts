import type { Page, PageRequest } from '#postgres';
import type { PageQuery } from './queries.dto.js';

export class PageCursors {
  /** Hand it back as `after`. @example "NDcxMQ" */
  next!: string | null;
  /** Hand it back as `before`. */
  previous!: string | null;
}

export interface PageResource<Resource> {
  readonly data: readonly Resource[];
  readonly page: PageCursors;
}

export const pageRequest = ({ limit, after, before }: PageQuery): PageRequest => ({
  limit,
  ...(after === undefined ? {} : { after }),
  ...(before === undefined ? {} : { before }),
});

export const pageResource = <Resource>(
  { next, previous }: Page<unknown>,
  data: readonly Resource[],
): PageResource<Resource> => ({
  data,
  page: { next, previous },
});
