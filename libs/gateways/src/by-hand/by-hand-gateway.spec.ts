import { describe, expect, it } from '@jest/globals';
import { money, parseInstant } from '#kernel';
import { describePaymentGateway } from '../payment-gateway.contract.js';
import type { PaymentGateway } from '../payment-gateway.js';
import { BankTransferGateway } from './bank-transfer-gateway.js';
import { ManualGateway } from './manual-gateway.js';

const BANK = { holder: 'Acme GmbH', iban: 'DE89370400440532013000', bic: null };

const open = (gateway: PaymentGateway) => () =>
  Promise.resolve({
    gateway,
    now: () => parseInstant('2026-01-31T09:30:00Z'),
    payer: null,
    poor: null,
    stop: () => gateway.dispose(),
  });

describePaymentGateway('manual', open(new ManualGateway()));
describePaymentGateway('bank_transfer', open(new BankTransferGateway(BANK)));

const REQUEST = {
  key: 'att_1',
  amount: money(12_34n, 'EUR'),
  customerRef: 'acc_1',
  methodRef: 'none',
  presence: 'off_session',
  metadata: { installation: 'ins_1', tenant: 'tnt_1', account: 'acc_1', attempt: 'att_1' },
} as const;

describe('a payment by bank', () => {
  const gateway = new BankTransferGateway(BANK);

  it('says to whom, and what to name', async () => {
    const { outcome } = await gateway.startAttempt({ ...REQUEST, statementText: 'RF18539007547034' });
    expect(outcome).toEqual({
      status: 'action_required',
      kind: 'transfer',
      url: null,
      expiresAt: null,
      instructions: { ...BANK, reference: 'RF18539007547034' },
    });
  });

  it('names its own id where nothing else is to be named', async () => {
    const { outcome } = await gateway.startAttempt(REQUEST);
    expect(outcome).toMatchObject({ instructions: { reference: 'att_1' } });
  });

  it('has no cards', async () => {
    await expect(gateway.attachMethod()).rejects.toMatchObject({ code: 'gateway_cannot' });
  });
});
