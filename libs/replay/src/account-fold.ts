import type { AccountEvent, InvoiceLine } from '#billing';
import { accountDecider } from '#billing';
import { accountStream, decodeEvent, type Stored } from '#contracts';
import { isBefore, type AccountId, type EventLog, type InvoiceId, type TenantId } from '#kernel';
import { FoldedStream } from '#write-path';
import type { Account } from '#billing';
import type { AsOf } from './as-of.js';

/** An account folded from its stream with nothing forgotten: also the lines of invoices long closed, and every transfer. */
export interface AccountFold {
  readonly stream: FoldedStream<Account, AccountEvent>;
  readonly lines: ReadonlyMap<InvoiceId, readonly InvoiceLine[]>;
  readonly transfers: readonly Extract<AccountEvent, { type: 'TransferPosted' }>['data'][];
}

/** Called with each event before it is folded, while the state is still the one that it was decided on. */
export type Witness = (event: Stored<AccountEvent>, before: Account) => void;

export const foldAccount = async (
  log: EventLog,
  tenantId: TenantId,
  accountId: AccountId,
  { asOf, witness }: { readonly asOf?: AsOf; readonly witness?: Witness } = {},
): Promise<AccountFold> => {
  const stream = new FoldedStream<Account, AccountEvent>(accountDecider);
  const lines = new Map<InvoiceId, InvoiceLine[]>();
  const transfers: AccountFold['transfers'][number][] = [];
  const limit = asOf?.kind === 'revision' ? { limit: asOf.revision + 1 } : {};
  for await (const logged of log.readStream(accountStream(tenantId, accountId), limit)) {
    const event = decodeEvent<AccountEvent>(logged);
    if (asOf && isAfter(event, asOf)) break;
    witness?.(event, stream.state);
    stream.fold(event);
    const { type, data } = event.fact;
    if (type === 'InvoiceDrafted') lines.set(data.invoiceId, []);
    else if (type === 'InvoiceLinesAdded') lines.get(data.invoiceId)!.push(...data.lines);
    else if (type === 'TransferPosted') transfers.push(data);
  }
  return { stream, lines, transfers };
};

/** Positions and recorded times never go down within a stream, so the first event that is too late ends the reading. */
const isAfter = ({ position, metadata }: Stored, asOf: AsOf): boolean => {
  switch (asOf.kind) {
    case 'position':
      return position > asOf.position;
    case 'instant':
      return isBefore(asOf.at, metadata.recordedAt);
    case 'revision':
      return false;
  }
};
