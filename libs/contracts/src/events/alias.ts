import { Type } from 'typebox';
import { closed, HexDigest } from './shapes.js';
import { storedEvent } from './stored-event.js';

export const aliasEvents = {
  AliasReserved: storedEvent(
    'A name that is unique in the tenant belongs to one thing.',
    Type.Object(
      { type: Type.Literal('subscription'), hash: HexDigest, targetId: Type.String({ maxLength: 64 }) },
      closed,
    ),
  ),
  AliasReleased: storedEvent(
    'The name is free again: what it was reserved for did not come about.',
    Type.Object(
      { type: Type.Literal('subscription'), hash: HexDigest, targetId: Type.String({ maxLength: 64 }) },
      closed,
    ),
  ),
};
