/** Patterns: takes all steps that a text allows at once, and remembers where they led. */
import { WORD } from './characters.js';
import { type Edge, MATCHED, type Step } from './compile.js';

/** What stood before: nothing, a character of a word, or another one. */
type Before = 'nothing' | 'word' | 'other';

interface State {
  readonly steps: readonly number[];
  readonly before: Before;
  /** By the character that comes. */
  readonly known: Map<string, State>;
}

/** A newline that ends the text, before which `$` holds too. */
const LAST_NEWLINE = '\n\n';
const NO_MORE = '';
/** In steps. Beyond it what is remembered is thrown away: many clients may have patterns. */
const MOST_REMEMBERED = 20_000;

const FOUND: State = { steps: [], before: 'nothing', known: new Map() };

export class Automaton {
  private states = new Map<string, State>();
  private remembered = 0;

  /** The last step is the first to take. */
  constructor(private readonly steps: readonly Step[]) {}

  /** Anywhere, unless the pattern says where. */
  isFoundIn(text: string): boolean {
    let state = this.state([], 'nothing');
    const end = text.length;
    for (let at = 0; at < end; at++) {
      const character = text[at] ?? NO_MORE;
      state = this.follow(state, character === '\n' && at === end - 1 ? LAST_NEWLINE : character);
      if (state === FOUND) return true;
    }
    return this.follow(state, NO_MORE) === FOUND;
  }

  private follow(state: State, character: string): State {
    return state.known.get(character) ?? this.learn(state, character);
  }

  private learn(state: State, character: string): State {
    if (this.remembered > MOST_REMEMBERED) {
      this.states = new Map();
      this.remembered = 0;
      state.known.clear();
    }
    const next = this.takeSteps(state, character);
    state.known.set(character, next);
    this.remembered += 1 + next.steps.length;
    return next;
  }

  private takeSteps({ steps, before }: State, character: string): State {
    const read = character === LAST_NEWLINE ? '\n' : character;
    const after = new Set<number>();
    const seen = new Set<number>();
    const waiting = [this.steps.length - 1, ...steps];
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      if (number === MATCHED) return FOUND;
      const step = this.steps[number];
      if (step === undefined || seen.has(number)) continue;
      seen.add(number);
      if (step.kind === 'fork') waiting.push(step.next, step.other);
      else if (step.kind === 'edge' && holds(step.edge, before, character)) waiting.push(step.next);
      else if (step.kind === 'one' && read !== NO_MORE && step.of(read)) after.add(step.next);
    }
    return this.state(
      [...after].sort((a, b) => a - b),
      WORD(read) ? 'word' : 'other',
    );
  }

  private state(steps: readonly number[], before: Before): State {
    const key = `${before}:${steps.join()}`;
    const known = this.states.get(key);
    if (known !== undefined) return known;
    const state: State = { steps, before, known: new Map() };
    this.states.set(key, state);
    return state;
  }
}

const holds = (edge: Edge, before: Before, character: string): boolean => {
  const isWordEdge = (before === 'word') !== (character !== LAST_NEWLINE && WORD(character));
  switch (edge) {
    case 'start':
      return before === 'nothing';
    case 'end':
      return character === NO_MORE || character === LAST_NEWLINE;
    case 'very_end':
      return character === NO_MORE;
    case 'word_edge':
      return isWordEdge;
    case 'no_word_edge':
      return !isWordEdge;
  }
};
