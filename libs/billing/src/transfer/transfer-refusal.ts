import { refuse } from '#kernel';
import type { TransferOutcome } from '#ledger';
import type { TransferOrder } from './transfer.commands.js';

/** Says no by the outcome's own name: another transfer under the same id is a conflict, a missing one is not found. */
export const refuseOutcome = (outcome: TransferOutcome, { transferId }: TransferOrder): never => {
  const sentence = `Transfer ${transferId}: ${outcome.replaceAll('_', ' ')}.`;
  if (outcome.startsWith('exists')) return refuse(outcome, sentence, 'conflict');
  return refuse(outcome, sentence, outcome === 'pending_transfer_not_found' ? 'not_found' : 'refused');
};
