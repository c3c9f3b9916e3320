import { Type } from 'typebox';
import { fact } from './fact.js';
import { exampleId } from './public-shapes.js';
import { IdText, InstantText } from './shapes.js';

const clockId = IdText('clk');

export const testClockFacts = {
  TestClockStarted: fact(
    'A clock that accounts under test live by, and where it begins.',
    { clockId, name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })), from: InstantText },
    'from',
  ).told({
    type: 'test_clock.started',
    means: 'There is a clock that test accounts may live by.',
    fields: ['clockId', 'from'],
    example: { clockId: exampleId('clk'), from: '2026-01-01T00:00:00Z' },
  }),
  TestClockAdvanced: fact(
    'The clock went on: what falls due by then is done.',
    { clockId, from: InstantText, to: InstantText },
    'to',
  ).told({
    type: 'test_clock.advanced',
    means: 'A test clock goes on; what falls due by then follows.',
    fields: ['clockId', 'from', 'to'],
    example: { clockId: exampleId('clk'), from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
  }),
};
