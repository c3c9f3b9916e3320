import { bankStream } from '#contracts';
import { derivedUuid, DomainError, isPassing, type BankAccountId, type TenantId } from '#kernel';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ReceivePayment, type PaymentInput } from '../../payment/use-cases/receive-payment.handler.js';
import { ReversePayment } from '../../payment/use-cases/reverse-payment.handler.js';
import { bookingOfMatch, type BankMatch } from '../bank-account.js';
import { BankAccounts } from './bank-accounts.js';

type Asked = Pick<Envelope, 'actor' | 'command' | 'correlationId' | 'causationId'>;

/**
 * Carries a match over to the books of the account. Whoever does it, and however often, it is one command of the account: its id
 * follows from the entry. What the account refuses is unmatched again.
 */
@Injectable()
export class BankPayments {
  constructor(
    private readonly commands: CommandBus,
    private readonly bankAccounts: BankAccounts,
  ) {}

  /** Whether the account would take it. @throws DomainError what it would refuse with */
  async try(
    envelope: Envelope,
    match: Pick<BankMatch, 'accountId' | 'amount' | 'allocations' | 'bookedOn'>,
  ): Promise<void> {
    const { expectedRevision: _, ...rest } = envelope;
    const { accountId } = match;
    await this.commands.execute(new ReceivePayment({ ...rest, accountId, dryRun: true }, accountId, inputOf(match)));
  }

  /**
   * What was unmatched before it was booked is reversed: whoever repeats a match comes after that.
   * @throws DomainError what the account refused with, once the entry is unmatched
   */
  async book(tenantId: TenantId, bankAccountId: BankAccountId, match: BankMatch, asked: Asked): Promise<void> {
    const { entryId, accountId, paymentId, turn } = match;
    const stream = bankStream(tenantId, bankAccountId);
    const envelope = envelopeOf(tenantId, bookingOfMatch(entryId, turn), asked);
    try {
      await this.commands.execute(new ReceivePayment({ ...envelope, accountId }, accountId, inputOf(match)));
    } catch (error) {
      if (!(error instanceof DomainError) || isPassing(error)) throw error;
      const taken = envelopeOf(tenantId, derivedUuid('bank-entry-refused', entryId, turn), asked);
      const reason = `${error.code}: ${error.message}`;
      await this.bankAccounts.execute(stream, taken, { type: 'UnmatchBankEntry', entryId, turn, reason }, () => null);
      throw error;
    }
    const matched = await this.bankAccounts.view(stream, ({ entries }) => entries.get(entryId)?.match?.turn, 0);
    if (matched !== turn) await this.reverse(tenantId, { entryId, accountId, paymentId, turn }, asked);
  }

  /** A payment that was never booked, or is reversed, is left. */
  async reverse(
    tenantId: TenantId,
    match: Pick<BankMatch, 'entryId' | 'accountId' | 'paymentId' | 'turn'> & { readonly reason?: string },
    asked: Asked,
  ): Promise<void> {
    const { entryId, accountId, paymentId, turn, reason } = match;
    const envelope = envelopeOf(tenantId, derivedUuid('bank-entry-unmatch', entryId, turn), asked);
    try {
      await this.commands.execute(new ReversePayment({ ...envelope, accountId }, accountId, paymentId, reason));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'payment_not_found') throw error;
    }
  }
}

const envelopeOf = (
  tenantId: TenantId,
  commandId: string,
  { actor, command, correlationId, causationId }: Asked,
): Envelope => ({
  tenantId,
  commandId,
  requestHash: commandId,
  actor,
  correlationId,
  ...(command === undefined ? {} : { command }),
  ...(causationId === undefined ? {} : { causationId }),
});

const inputOf = ({
  amount,
  allocations,
  bookedOn,
}: Pick<BankMatch, 'amount' | 'allocations' | 'bookedOn'>): PaymentInput => ({
  amount,
  method: 'bank_transfer',
  receivedOn: bookedOn,
  ...(allocations.length === 0 ? {} : { allocations }),
});
