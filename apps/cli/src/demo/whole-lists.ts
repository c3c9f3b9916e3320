import { answerOf, type Resource } from '#client';
import type { DemoTenant } from './demo-tenant.js';

const PAGE_ROWS = 200;

interface Page<Row> {
  readonly data: readonly Row[];
  readonly page: { readonly next: string | null };
}

/** Every row of a list, page by page. */
const whole = async <Row>(
  pageOf: (query: { readonly limit: number; readonly after?: string }) => Promise<Page<Row>>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let after: { readonly after?: string } | null = {}; after !== null;) {
    const { data, page }: Page<Row> = await pageOf({ limit: PAGE_ROWS, ...after });
    rows.push(...data);
    after = page.next === null ? null : { after: page.next };
  }
  return rows;
};

export const accountsOf = ({
  client,
  consistent: headers,
}: DemoTenant): Promise<readonly Resource<'AccountResource'>[]> =>
  whole((query) => answerOf(client.GET('/v1/accounts', { params: { query }, headers })));

/** The newest first. */
export const openInvoicesOf = (
  { client, consistent: headers }: DemoTenant,
  filter: { readonly accountId?: string } = {},
): Promise<readonly Resource<'InvoiceSummaryResource'>[]> =>
  whole((query) =>
    answerOf(client.GET('/v1/invoices', { params: { query: { status: ['open'], ...filter, ...query } }, headers })),
  );
