import type { Any, TestClient } from './test-client.js';

const PAGE_ROWS = 200;

/** Every row of a list, page by page, as `get` is answered. */
export const everyRow = async (get: (path: string) => Promise<Any>, list: string): Promise<Any[]> => {
  const rows: Any[] = [];
  for (let cursor = ''; ;) {
    const { data, page } = await get(`${list}?limit=${PAGE_ROWS}${cursor}`);
    rows.push(...data);
    if (page.next === null) return rows;
    cursor = `&after=${page.next}`;
  }
};

/** The names of all accounts, once a position of the log is considered. */
export const namesOf = async (client: TestClient, position: string): Promise<string[]> => {
  const headers = { 'recount-consistent-with': position };
  const accounts = await everyRow((path) => client.done('GET', path, undefined, headers), 'accounts');
  return accounts.map(({ name }) => name as string);
};
