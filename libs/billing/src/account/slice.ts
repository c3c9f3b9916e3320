import type { AccountFact } from '#contracts';
import type { Event, Recorded } from '#kernel';
import type { Account } from './account.state.js';

interface Typed {
  readonly type: string;
}
type One<All extends Typed, Type> = Extract<All, { readonly type: Type }>;

/** The facts that follow from a command, none if there is nothing to do. @throws DomainError as a refusal */
type Decide<Command> = (command: Command, account: Account) => readonly AccountFact[];

/** Changes the given account. */
type Evolve<Data> = (account: Account, data: Data, recorded: Recorded) => void;

/** The rules of one part of an account: what it decides on each of its commands, and what each of its facts changes. */
export interface Slice<Command extends Typed, Fact extends Event> {
  readonly decide: { readonly [Type in Command['type']]: Decide<One<Command, Type>> };
  readonly evolve: { readonly [Type in Fact['type']]: Evolve<One<Fact, Type>['data']> };
}
