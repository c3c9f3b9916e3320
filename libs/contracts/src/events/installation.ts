import { Type } from 'typebox';
import { closed, IdText } from './shapes.js';
import { storedEvent } from './stored-event.js';

export const installationEvents = {
  InstallationCreated: storedEvent(
    'The log’s first event: whose log it is.',
    Type.Object({ installationId: IdText('ins'), productVersion: Type.String({ maxLength: 64 }) }, closed),
  ),
};
