import { isDeepStrictEqual } from 'node:util';
import { decodeEvent, encodeEvent } from '#contracts';
import { DomainError, type Decider, type Event, type Instant } from '#kernel';
import { expect } from '@jest/globals';
import { at } from './moments.js';

const ROUGHLY = Symbol('only the named fields are compared');

/** An event of which a test names only the fields that matter to it, however deep they lie. */
export const like = <Type extends string>(type: Type, data: object = {}): { type: Type; data: object } =>
  Object.assign({ type, data }, { [ROUGHLY]: true });

/** The same, to be looked for among many. */
export const including = (type: string, data: object): unknown =>
  expect.objectContaining({ type, data: expect.objectContaining(data) });

type Expected<Fact extends Event> = { readonly type: Fact['type']; readonly data: object };

/** Facts alone, or as builders hand them out together. */
type Facts<Fact extends Event> = Fact | readonly Fact[];

/** A command, or what makes one of the state that it will meet: facts that are gathered before it is decided. */
type Asked<State, Command> = Command | ((state: State) => Command);

/** The state that a test begins with. */
export interface Given<State, Command, Fact extends Event> {
  readonly state: State;
  /** Commands whose facts belong to the past of this test. */
  after(...commands: readonly Asked<State, Command>[]): Given<State, Command, Fact>;
  /** Facts that follow what is given so far. */
  and(...facts: readonly Facts<Fact>[]): Given<State, Command, Fact>;
  when(command: Asked<State, Command>): When<State, Fact>;
}

/** What a command led to. */
export interface When<State, Fact extends Event> {
  readonly facts: readonly Fact[];
  /** With the new facts folded. */
  readonly state: State;
  /** Exactly these facts, in this order; `like` compares only the fields that it names. */
  then(...expected: readonly Expected<Fact>[]): void;
  thenNothing(): void;
  /** @param pointers into the request, where the refusal names places */
  thenRefused(code: string, ...pointers: readonly string[]): void;
  thenThrows(error: new (...args: never[]) => Error): void;
}

const RECORDED_AT: Instant = at('2026-01-01T00:00:00Z');

/**
 * Given, when, then for a decider. Every fact makes the way through its stored shape before it is folded, and deciding
 * must leave the state as it was: what no single test says about deciders, all of them check.
 */
export const givenFor =
  <State, Command, Fact extends Event>(decider: Decider<State, Command, Fact>) =>
  (...facts: readonly Facts<Fact>[]): Given<State, Command, Fact> =>
    given(decider, facts.flat() as Fact[]);

const given = <State, Command, Fact extends Event>(
  decider: Decider<State, Command, Fact>,
  past: readonly Fact[],
): Given<State, Command, Fact> => ({
  get state() {
    return folded(decider, past);
  },
  after(...commands) {
    const facts = [...past];
    const state = folded(decider, facts);
    for (const command of commands) {
      const decided = decider.decide(asked(command, state), state);
      fold(decider, state, decided, facts.length);
      facts.push(...decided);
    }
    return given(decider, facts);
  },
  and: (...facts) => given(decider, [...past, ...(facts.flat() as Fact[])]),
  when: (command) => when(decider, past, command),
});

const when = <State, Command, Fact extends Event>(
  decider: Decider<State, Command, Fact>,
  past: readonly Fact[],
  command: Asked<State, Command>,
): When<State, Fact> => {
  const before = folded(decider, past);
  const decide = () => decider.decide(asked(command, before), before);
  const facts = () => {
    const decided = decide();
    if (!isDeepStrictEqual(before, folded(decider, past))) throw new Error('Deciding changed the state.');
    return decided;
  };
  return {
    get facts() {
      return facts();
    },
    get state() {
      return folded(decider, [...past, ...facts()]);
    },
    then(...expected) {
      const decided = facts();
      folded(decider, [...past, ...decided]);
      expect(decided.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
      for (const [index, wanted] of expected.entries()) {
        const { data } = decided[index]!;
        if (ROUGHLY in wanted) expect(data).toMatchObject(wanted.data);
        else expect(data).toEqual(wanted.data);
      }
    },
    thenNothing() {
      expect(facts()).toEqual([]);
    },
    thenRefused(code, ...pointers) {
      const refusal = thrownBy(decide);
      expect(refusal).toBeInstanceOf(DomainError);
      const { code: found, violations } = refusal as DomainError;
      expect(found).toBe(code);
      if (pointers.length > 0) expect(violations.map(({ pointer }) => pointer)).toEqual(pointers);
    },
    thenThrows(error) {
      expect(thrownBy(decide)).toBeInstanceOf(error);
    },
  };
};

const asked = <State, Command>(command: Asked<State, Command>, state: State): Command =>
  typeof command === 'function' ? (command as (state: State) => Command)(state) : command;

const thrownBy = (decide: () => unknown): unknown => {
  let decided: unknown;
  try {
    decided = decide();
  } catch (error) {
    return error;
  }
  throw new Error(
    `It was not refused: ${JSON.stringify(decided, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
  );
};

type Folding<State, Fact extends Event> = Pick<Decider<State, never, Fact>, 'initialState' | 'evolve'>;

const folded = <State, Fact extends Event>(decider: Folding<State, Fact>, facts: readonly Fact[]): State => {
  const state = decider.initialState();
  fold(decider, state, facts, 0);
  return state;
};

const fold = <State, Fact extends Event>(
  decider: Folding<State, Fact>,
  state: State,
  facts: readonly Fact[],
  from: number,
): void => {
  for (const [index, fact] of facts.entries()) {
    const revision = from + index;
    decider.evolve(state, storedAndRead(fact, revision), { revision, recordedAt: RECORDED_AT });
  }
};

/** The fact as the log gives it back. */
const storedAndRead = <Fact extends Event>(fact: Fact, revision: number): Fact => {
  const { data, schemaVersion } = encodeEvent(fact);
  const metadata = { schemaVersion, recordedAt: RECORDED_AT };
  return decodeEvent<Fact>({ id: '', stream: '', revision, position: 0n, type: fact.type, data, metadata }).fact;
};
