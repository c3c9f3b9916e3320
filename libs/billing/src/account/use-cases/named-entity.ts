import { refuseAt, type LegalEntityId } from '#kernel';
import type { BillingTerms, Issuer } from '../../tenant/use-cases/tenants.js';

/** The legal entity that a request names for an account. @throws DomainError `legal_entity_not_found` */
export const namedEntity = ({ issuers }: Pick<BillingTerms, 'issuers'>, entityId: LegalEntityId): Issuer =>
  issuers.get(entityId) ??
  refuseAt('/legalEntityId', 'legal_entity_not_found', 'There is no such legal entity.', 'not_found');
