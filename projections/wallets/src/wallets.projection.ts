import type { Stored, WalletFact } from '#contracts';
import { projection, table, type RowChanges } from '#projection';

/** Wallets as they are told to people. */
export const wallets = table({
  name: 'wallets',
  columns: {
    tenant_id: 'text',
    wallet_id: 'text',
    account_id: 'text',
    name: 'text',
    currency: 'text',
    priority: 'integer',
    scope: 'json',
    metadata: 'json',
    opened_at: 'timestamptz',
    closed_on: 'date?',
    recurrence: 'json?',
    recharge: 'json?',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'wallet_id'],
  indexes: ['tenant_id, position DESC', 'tenant_id, account_id, position DESC'],
});

/** Grants, with their amounts as they were given; in minor units. */
export const walletGrants = table({
  name: 'wallet_grants',
  columns: {
    tenant_id: 'text',
    grant_id: 'text',
    wallet_id: 'text',
    account_id: 'text',
    kind: 'text',
    amount: 'numeric',
    currency: 'text',
    priority: 'integer',
    effective_at: 'timestamptz',
    expires_at: 'timestamptz?',
    invoice_id: 'text?',
    usable_on: 'text?',
    rollover: 'json?',
    rolled_over_from: 'text?',
    reason: 'text?',
    expired: 'boolean',
    voided_on: 'date?',
    position: 'bigint',
  },
  key: ['tenant_id', 'grant_id'],
  indexes: ['tenant_id, wallet_id', 'tenant_id, account_id'],
});

/** What changed of grants, each with its sign, in minor units: what invoices use, what is left, and what nobody can use any more. */
export const walletMovements = table({
  name: 'wallet_movements',
  columns: {
    tenant_id: 'text',
    grant_id: 'text',
    revision: 'bigint',
    used: 'numeric',
    remaining: 'numeric',
    lapsed: 'numeric',
  },
  key: ['tenant_id', 'grant_id', 'revision'],
});

interface Movement {
  readonly used?: bigint;
  readonly remaining: bigint;
  readonly lapsed?: bigint;
}

const move = (
  { metadata, revision }: Stored,
  rows: RowChanges,
  grantId: string,
  { used = 0n, remaining, lapsed = 0n }: Movement,
): void =>
  rows.append(walletMovements, {
    tenant_id: metadata.tenantId!,
    grant_id: grantId,
    revision: BigInt(revision),
    used: String(used),
    remaining: String(remaining),
    lapsed: String(lapsed),
  });

const walletKey = ({ metadata }: Stored, walletId: string) => ({ tenant_id: metadata.tenantId!, wallet_id: walletId });
const grantKey = ({ metadata }: Stored, grantId: string) => ({ tenant_id: metadata.tenantId!, grant_id: grantId });

export const walletsProjection = projection<WalletFact>({
  name: 'wallets',
  version: 1,
  tables: [wallets, walletGrants, walletMovements],
  reads: ['invoices.invoices', 'tenants.tenants', 'usage.usage_arrivals'],
  on: {
    WalletOpened: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(wallets, {
        tenant_id: metadata.tenantId!,
        wallet_id: data.walletId,
        account_id: metadata.accountId!,
        name: data.name,
        currency: data.currency,
        priority: data.priority,
        scope: data.scope,
        metadata: data.metadata,
        opened_at: data.openedAt,
        closed_on: null,
        recurrence: null,
        recharge: null,
        recorded_at: metadata.recordedAt,
        position,
      }),
    WalletGranted: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(walletGrants, {
        tenant_id: metadata.tenantId!,
        grant_id: data.grantId,
        wallet_id: data.walletId,
        account_id: metadata.accountId!,
        kind: data.kind,
        amount: String(data.amount.minor),
        currency: data.amount.currency,
        priority: data.priority,
        effective_at: data.effectiveAt,
        expires_at: data.expiresAt ?? null,
        invoice_id: data.topUp?.invoiceId ?? null,
        usable_on: data.topUp?.usableOn ?? null,
        rollover: data.rollover ?? null,
        rolled_over_from: data.rolledOverFrom ?? null,
        reason: data.reason ?? null,
        expired: false,
        voided_on: null,
        position,
      }),
    WalletApplied: (event, rows) => {
      for (const { grantId, amount } of event.fact.data.draws)
        move(event, rows, grantId, { used: amount.minor, remaining: -amount.minor });
    },
    WalletReleased: (event, rows) => {
      for (const { grantId, amount } of event.fact.data.draws)
        move(event, rows, grantId, { used: -amount.minor, remaining: amount.minor });
    },
    WalletGrantExpired: (event, rows) => {
      const { grantId, amount } = event.fact.data;
      rows.patch(walletGrants, grantKey(event, grantId), { expired: true });
      if (amount.minor !== 0n) move(event, rows, grantId, { remaining: -amount.minor, lapsed: amount.minor });
    },
    WalletGrantVoided: (event, rows) => {
      const { grantId, amount, lapsed, partial, bookedOn } = event.fact.data;
      if (partial !== true) rows.patch(walletGrants, grantKey(event, grantId), { voided_on: bookedOn });
      move(event, rows, grantId, { remaining: -amount.minor, lapsed: -lapsed.minor });
    },
    WalletClosed: (event, rows) => {
      const { walletId, left, bookedOn } = event.fact.data;
      rows.patch(wallets, walletKey(event, walletId), { closed_on: bookedOn, recurrence: null, recharge: null });
      for (const { grantId, amount } of left)
        move(event, rows, grantId, { remaining: -amount.minor, lapsed: amount.minor });
    },
    WalletRecurrenceSet: (event, rows) => {
      const { walletId, recurrence } = event.fact.data;
      rows.patch(wallets, walletKey(event, walletId), { recurrence: recurrence ?? null });
    },
    WalletRechargeSet: (event, rows) => {
      const { walletId, recharge } = event.fact.data;
      rows.patch(wallets, walletKey(event, walletId), { recharge: recharge ?? null });
    },
    WalletRechargeDue: () => undefined,
    WalletRechargePutOff: () => undefined,
  },
});
