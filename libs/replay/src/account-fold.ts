import type { DocumentLine } from '#billing/invoice';
import { accountDecider } from '#billing/account';
import { allLines } from '#billing/invoice';
import { accountStream, decodeEvent, type Stored, type AccountFact } from '#contracts';
import { isBefore, type AccountId, type EventLog, type InvoiceId, type LocalDate, type TenantId } from '#kernel';
import { FoldedStream } from '#write-path';
import type { Account } from '#billing/account';
import type { BookMovement, Transfer } from '#ledger';
import type { AsOf } from './as-of.js';

/** An account folded from its stream with nothing forgotten: also the lines of invoices long closed, and every transfer. */
export interface AccountFold {
  readonly stream: FoldedStream<Account, AccountFact>;
  readonly lines: ReadonlyMap<InvoiceId, readonly DocumentLine[]>;
  readonly transfers: readonly Extract<AccountFact, { type: 'TransferPosted' }>['data'][];
  /** What moved the book, and on which day. */
  readonly movements: readonly (BookMovement & { readonly bookedOn: LocalDate })[];
}

/** Called with each event before it is folded, while the state is still the one that it was decided on. */
export type Witness = (event: Stored<AccountFact>, before: Account) => void;

/** Where the streams of accounts are read: the log, or what one pass over it put in their order. */
export type AccountStreams = Pick<EventLog, 'readStream'>;

export const foldAccount = async (
  log: AccountStreams,
  tenantId: TenantId,
  accountId: AccountId,
  { asOf, witness }: { readonly asOf?: AsOf; readonly witness?: Witness } = {},
): Promise<AccountFold> => {
  const stream = new FoldedStream<Account, AccountFact>(accountDecider);
  const lines = new Map<InvoiceId, DocumentLine[]>();
  const transfers: AccountFold['transfers'][number][] = [];
  const movements: AccountFold['movements'][number][] = [];
  const limit = asOf?.kind === 'revision' ? { limit: asOf.revision + 1 } : {};
  for await (const logged of log.readStream(accountStream(tenantId, accountId), limit)) {
    const event = decodeEvent<AccountFact>(logged);
    if (asOf && isAfter(event, asOf)) break;
    witness?.(event, stream.state);
    stream.fold(event);
    const { type, data } = event.fact;
    if (type === 'InvoiceDrafted') lines.set(data.invoiceId, []);
    else if (type === 'InvoiceLinesAdded') lines.get(data.invoiceId)!.push(...allLines(data));
    else if (type === 'TransferPosted') transfers.push(data);
    const movement = movementOf(event.fact);
    if (movement) movements.push(movement);
  }
  return { stream, lines, transfers, movements };
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

const movementOf = ({ type, data }: AccountFact): AccountFold['movements'][number] | undefined => {
  switch (type) {
    case 'TransferPosted':
      return { ...sidesOf(data), posted: data.amount.minor, pending: 0n };
    case 'TransferPended':
      return { ...sidesOf(data), posted: 0n, pending: data.amount.minor };
    case 'PendingTransferPosted':
      return { ...sidesOf(data), posted: data.amount.minor, pending: -data.reserved.minor };
    case 'PendingTransferVoided':
    case 'PendingTransferExpired':
      return { ...sidesOf(data), posted: 0n, pending: -data.amount.minor };
    default:
      return undefined;
  }
};

const sidesOf = ({ debit, credit, amount, bookedOn }: Pick<Transfer, 'debit' | 'credit' | 'amount' | 'bookedOn'>) => ({
  debit,
  credit,
  currency: amount.currency,
  bookedOn,
});
