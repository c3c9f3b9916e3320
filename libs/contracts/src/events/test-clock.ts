import { Type } from 'typebox';
import { closed, IdText, InstantText } from './shapes.js';
import { storedEvent } from './stored-event.js';

const clockId = IdText('clk');

export const testClockEvents = {
  TestClockStarted: storedEvent(
    'A clock that accounts under test live by, and where it begins.',
    Type.Object(
      { clockId, name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })), from: InstantText },
      closed,
    ),
    'from',
  ),
  TestClockAdvanced: storedEvent(
    'The clock went on: what falls due by then is done.',
    Type.Object({ clockId, from: InstantText, to: InstantText }, closed),
    'to',
  ),
};
