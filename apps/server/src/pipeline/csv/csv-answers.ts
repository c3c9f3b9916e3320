import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentedAnswer } from '../documented.js';
import type { PageResource } from '../pages.js';
import { CsvColumns, type CsvShape } from './csv-columns.js';
import { csvRecord } from './csv-text.js';
import { CSV } from './media-types.js';

const PAGE_ROWS = 200;

type Values = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, unknown>>;

/** Asks an operation once: what it answers as JSON. */
type Ask = () => Promise<unknown>;

/**
 * Any list or report as CSV, for whoever accepts `text/csv`: all rows, read page by page as fast as they are fetched, so that a long
 * list takes no more memory than a short one. A caller that names a `limit` gets that page.
 */
@Injectable()
export class CsvAnswers {
  constructor(private readonly columns: CsvColumns) {}

  /** What is refused is refused as a problem, before the first row. */
  async tell(
    answer: DocumentedAnswer,
    request: FastifyRequest,
    reply: FastifyReply,
    ask: Ask,
  ): Promise<StreamableFile> {
    const shape = this.shapeOf(answer);
    const pages = pagesOf(answer, request, ask);
    const first = await pages.next();
    reply.header('content-disposition', `attachment; filename="${nameOf(request)}.csv"`);
    const text = Readable.from(csvOf(shape, first, pages));
    return new StreamableFile(text, { type: `${CSV}; charset=utf-8; header=present` });
  }

  private shapeOf({ shape, resource }: DocumentedAnswer): CsvShape {
    return shape === 'page' ? this.columns.flat(resource) : this.columns.unfolded(resource);
  }
}

async function* csvOf(
  { columns, rowsOf }: CsvShape,
  first: IteratorResult<readonly Values[]>,
  rest: AsyncIterable<readonly Values[]>,
): AsyncGenerator<string> {
  const lines = (elements: readonly Values[]): string =>
    elements
      .flatMap(rowsOf)
      .map((row) => csvRecord(columns.map(({ read }) => read(row))))
      .join('');
  yield csvRecord(columns.map(({ name }) => name)) + (first.done === true ? '' : lines(first.value));
  for await (const elements of rest) yield lines(elements);
}

/** Asks the handler again for each page, as the caller would; in the name of the same request, however late. */
async function* pagesOf(
  { shape }: DocumentedAnswer,
  request: FastifyRequest,
  askOnce: Ask,
): AsyncGenerator<readonly Values[]> {
  const within = AsyncLocalStorage.snapshot();
  const ask = (): Promise<unknown> => within(askOnce);
  if (shape !== 'page') {
    yield shape === 'list' ? ((await ask()) as readonly Values[]) : [(await ask()) as Values];
    return;
  }
  const asked = request.query as Query;
  if (asked['limit'] !== undefined || asked['before'] !== undefined) {
    yield ((await ask()) as PageResource<Values>).data;
    return;
  }
  let cursor: string | null = null;
  do {
    request.query = { ...asked, limit: String(PAGE_ROWS), ...(cursor === null ? {} : { after: cursor }) };
    const { data, page } = (await ask()) as PageResource<Values>;
    yield data;
    cursor = page.next;
  } while (cursor !== null);
}

/** The last word of the path that is no id: `invoices`, `ar-aging`. */
const nameOf = ({ routeOptions }: FastifyRequest): string =>
  (routeOptions.url ?? '').split('/').findLast((part) => /^[a-z][a-z-]*$/u.test(part)) ?? 'recount';
