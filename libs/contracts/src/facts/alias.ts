import { Type } from 'typebox';
import { fact } from './fact.js';
import { HexDigest } from './shapes.js';

const reservation = { type: Type.Literal('subscription'), hash: HexDigest, targetId: Type.String({ maxLength: 64 }) };
const WITHHELD = 'How a name is kept unique; what has the name is published.';

export const aliasFacts = {
  AliasReserved: fact('A name that is unique in the tenant belongs to one thing.', reservation).withheld(WITHHELD),
  AliasReleased: fact('The name is free again: what it was reserved for did not come about.', reservation).withheld(
    WITHHELD,
  ),
};
