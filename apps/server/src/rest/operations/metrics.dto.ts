import { IsIn } from 'class-validator';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class MetricsQuery {
  /** `mrr`: with what the installation earns, which not everybody who looks after it is to know. */
  @MayBeAbsent()
  @IsIn(['mrr'])
  include?: 'mrr';
}
