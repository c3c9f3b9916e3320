import type { ApiClient } from '#client';

/** Prints the state as JSON, ready for other tools. */
export const state = async (
  client: ApiClient,
  account: string,
  { asOf, effectiveAt }: { readonly asOf?: string; readonly effectiveAt?: string },
): Promise<void> => {
  const query = new URLSearchParams({ ...(asOf ? { asOf } : {}), ...(effectiveAt ? { effectiveAt } : {}) }).toString();
  const found = await client.get<object>(`accounts/${encodeURIComponent(account)}/state${query ? `?${query}` : ''}`);
  console.log(JSON.stringify(found, null, 2));
};
