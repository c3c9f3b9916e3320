import type { Outcome } from '../outcome.js';
import { ByHandGateway } from './by-hand-gateway.js';

/** Cash, cheques, a terminal, another system: a person collects, and says what became of it. */
export class ManualGateway extends ByHandGateway {
  protected begun(): Outcome {
    return { status: 'processing', expectedBy: null };
  }
}
