import { describe, expect, it } from '@jest/globals';
import { breakingChanges, unreleased } from '../../apps/server/src/documentation/proto/breaking-changes.js';
import { extended, pinsIn, type Released } from '../../apps/server/src/documentation/proto/field-numbers.js';
import { documentedApi, released } from '../../apps/server/src/documentation/proto/proto-files.js';
import { protocolOf } from '../../apps/server/src/documentation/proto/protocol-of.js';
import { protoText } from '../../apps/server/src/documentation/proto/proto-text.js';

const table = released();
const protocol = protocolOf(documentedApi(), table.names);

const withMessage = (name: string, change: (fields: string) => string): Released => ({
  ...table,
  messages: { ...table.messages, [name]: change(table.messages[name]!) },
});

/** The protocol without a field that was there. */
const without = (message: string, field: string): typeof protocol => ({
  ...protocol,
  messages: protocol.messages.map((one) =>
    one.name === message ? { ...one, fields: one.fields.filter(({ name }) => name !== field) } : one,
  ),
});

describe('the committed table of field numbers', () => {
  it('breaks no client of the .proto: otherwise, say it by a new field', () =>
    expect(breakingChanges(table, protocol)).toEqual([]));

  it('has all that the operations have: otherwise, npm run docs', () => {
    expect(unreleased(table, protocol)).toEqual([]);
    expect(extended(table, protocol)).toEqual(table);
  });

  it('has every number that was ever given', () => {
    for (const fields of Object.values(table.messages)) {
      const numbers = pinsIn(fields).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });
});

describe('a change of the table or of an operation', () => {
  it('is refused where a number is used again, or says something else', () => {
    const again = withMessage('Money', (fields) => fields.replace('currency = 2', 'currency = 1'));
    expect(breakingChanges(again, protocol)).toEqual(['Money has the number 1 twice']);
    const reused = withMessage('Money', (fields) => `${fields}; reserved 2 digits`);
    expect(breakingChanges(reused, protocol)).toEqual(['Money has the number 2 twice']);
    const other = withMessage('Plan', (fields) => fields.replace('int32 version', 'string version'));
    expect(breakingChanges(other, protocol)).toEqual(['Plan.version was string, and now is int32']);
    const single = withMessage('Plan', (fields) => fields.replace('repeated Charge', 'Charge'));
    expect(breakingChanges(single, protocol)).toEqual(['Plan.charges was Charge, and now is repeated Charge']);
  });

  it('is refused where an rpc goes, or answers another message', () => {
    const { GetPlan: _, ...rpcs } = table.rpcs;
    expect(breakingChanges({ ...table, rpcs: { ...rpcs, FindPlan: 'Plan', ListPlans: 'Plan' } }, protocol)).toEqual([
      'ListPlans answered Plan, and now PlanPage',
      'FindPlan answered Plan, and now is gone',
    ]);
  });

  it('is missed where a field has no number yet, and gives it the next one', () => {
    const less = withMessage('Money', (fields) => fields.replace('; string currency = 2', ''));
    expect(unreleased(less, protocol)).toEqual(['Money.currency has no number']);
    expect(extended(less, protocol)).toEqual(table);
  });

  it('reserves the number of a field that goes for ever, also from one of the same name', () => {
    const gone = without('Money', 'currency');
    expect(unreleased(table, gone)).toEqual(['Money.currency is gone, and not reserved']);
    const kept = extended(table, gone);
    expect(kept.messages['Money']).toBe('string amount = 1; reserved 2 currency');
    expect(protoText(gone, kept)).toMatch(/message Money \{[^}]*reserved 2;\n\}/u);
    expect(extended(kept, protocol).messages['Money']).toBe(
      'string amount = 1; reserved 2 currency; string currency = 3',
    );
  });

  it('is refused where it is not written as the others are', () =>
    expect(() => pinsIn('string amount')).toThrow('“string amount” is neither a field nor a number that is reserved.'));
});
