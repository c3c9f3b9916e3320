import { at, on } from '../moments.js';
import { aCatalog } from './catalogs.js';
import { NOW, type Command, type Parts } from './command-parts.js';
import { ownInvoice } from './commands.js';
import { anId, usd } from './ids.js';

export const WALLET = anId('wal');
export const GRANT = anId('grt');

export const openWallet = (parts: Parts<'OpenWallet'> = {}): Command<'OpenWallet'> => ({
  type: 'OpenWallet',
  walletId: WALLET,
  name: 'Credit',
  scope: {},
  metadata: {},
  now: NOW,
  ...parts,
});

/** 100.00 that are given, for ever. */
export const grantCredit = (parts: Parts<'GrantCredit'> = {}): Command<'GrantCredit'> => ({
  type: 'GrantCredit',
  walletId: WALLET,
  grantId: GRANT,
  kind: 'promotional',
  amount: usd(100_00n),
  now: NOW,
  ...parts,
});

/** 100.00 that are bought, by an invoice of its own. */
export const buyCredit = (parts: Parts<'GrantCredit'> = {}): Command<'GrantCredit'> =>
  grantCredit({ kind: 'paid', topUp: ownInvoice(anId('inv', 90), parts.now), ...parts });

export const voidGrant = (parts: Parts<'VoidGrant'> = {}): Command<'VoidGrant'> => ({
  type: 'VoidGrant',
  walletId: WALLET,
  grantId: GRANT,
  bookedOn: on('2026-01-10'),
  timeZone: 'UTC',
  now: at('2026-01-10T12:00:00Z'),
  ...parts,
});

export const closeWallet = (parts: Parts<'CloseWallet'> = {}): Command<'CloseWallet'> => ({
  type: 'CloseWallet',
  walletId: WALLET,
  bookedOn: on('2026-03-10'),
  timeZone: 'UTC',
  now: at('2026-03-10T12:00:00Z'),
  ...parts,
});

/** As the agenda does, when that is due. */
export const expireGrant = (
  parts: Parts<'ExpireGrant'> & Pick<Command<'ExpireGrant'>, 'now'>,
): Command<'ExpireGrant'> => ({
  type: 'ExpireGrant',
  grantId: GRANT,
  catalog: aCatalog(),
  bookedOn: on(parts.now.slice(0, 10)),
  timeZone: 'UTC',
  ...parts,
});
