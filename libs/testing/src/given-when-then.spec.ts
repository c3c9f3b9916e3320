import { refuse, type Decider, type Event } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { givenFor, like } from './given-when-then.js';

type Named = Event<'AliasReserved' | 'AliasReleased', object>;
type Command = 'name' | 'refuse' | 'spoil the state' | 'name it out of shape' | 'nothing';

const HASH = 'a'.repeat(64);
const reserved: Named = { type: 'AliasReserved', data: { type: 'subscription', hash: HASH, targetId: 'one' } };

const decider: Decider<{ names: number }, Command, Named> = {
  initialState: () => ({ names: 0 }),
  decide(command, state) {
    switch (command) {
      case 'name':
        return [reserved];
      case 'refuse':
        return refuse('no_name', 'There are names enough.');
      case 'spoil the state':
        state.names = 7;
        return [];
      case 'name it out of shape':
        return [{ type: 'AliasReserved', data: { hash: 'short' } }];
      case 'nothing':
        return [];
    }
  },
  evolve(state) {
    state.names += 1;
  },
};
const given = givenFor(decider);

describe('given, when, then', () => {
  it('folds what is given, and what follows', () => {
    expect(given(reserved, [reserved]).after('name').and(reserved).state).toEqual({ names: 4 });
    expect(given(reserved).when('name').state).toEqual({ names: 2 });
  });

  it('makes a command of the state that it meets', () => {
    given(reserved)
      .when(({ names }) => (names === 1 ? 'name' : 'refuse'))
      .then(reserved);
  });

  it('compares whole facts, or the fields that are named', () => {
    given().when('name').then(reserved);
    given()
      .when('name')
      .then(like('AliasReserved', { targetId: 'one' }));
    given().when('nothing').thenNothing();
    given().when('refuse').thenRefused('no_name');
  });

  it.each<[string, () => void]>([
    [
      'another fact',
      () =>
        given()
          .when('name')
          .then({ ...reserved, type: 'AliasReleased' }),
    ],
    ['a fact too many', () => given().when('name').thenNothing()],
    ['a fact too few', () => given().when('nothing').then(reserved)],
    [
      'another field',
      () =>
        given()
          .when('name')
          .then({ type: 'AliasReserved', data: { ...reserved.data, targetId: 'two' } }),
    ],
    [
      'a field that is not named',
      () =>
        given()
          .when('name')
          .then({ type: 'AliasReserved', data: { targetId: 'one' } }),
    ],
    [
      'another field among those named',
      () =>
        given()
          .when('name')
          .then(like('AliasReserved', { targetId: 'two' })),
    ],
    ['another refusal', () => given().when('refuse').thenRefused('no')],
    ['a refusal without the place', () => given().when('refuse').thenRefused('no_name', '/name')],
    ['no refusal', () => given().when('name').thenRefused('no_name')],
    ['an error that was not thrown', () => given().when('name').thenThrows(Error)],
    ['a decision that changes the state', () => given().when('spoil the state').thenNothing()],
    ['a fact that cannot be stored', () => given().when('name it out of shape').then(like('AliasReserved'))],
  ])('fails for %s', (_, test) => {
    expect(test).toThrow();
  });
});
