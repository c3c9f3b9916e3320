import type { AttemptRequest } from '../attempt.js';
import type { Outcome } from '../outcome.js';
import { ByHandGateway } from './by-hand-gateway.js';

export interface BankTransferSettings {
  readonly holder: string;
  readonly iban: string;
  readonly bic: string | null;
}

/** The customer transfers the money by a bank; a statement of it says that it came. `statementText` is what the customer has to name. */
export class BankTransferGateway extends ByHandGateway {
  constructor(private readonly account: BankTransferSettings) {
    super();
  }

  protected begun({ key, statementText }: AttemptRequest): Outcome {
    return {
      status: 'action_required',
      kind: 'transfer',
      url: null,
      expiresAt: null,
      instructions: { ...this.account, reference: statementText ?? key },
    };
  }
}
