import { Type } from 'typebox';
import { fact } from './fact.js';
import { IdText } from './shapes.js';

export const installationFacts = {
  /** Read models of another installation refuse to work on it. */
  InstallationCreated: fact('The log’s first event: whose log it is.', {
    installationId: IdText('ins'),
    productVersion: Type.String({ maxLength: 64 }),
  }).withheld('It belongs to no tenant.'),
};
