/** What callers were told against what is there: whatever was acknowledged is there once, and nothing that nobody sent. */

/** What is counted of one account: ids, and what each stands for. */
export interface AccountFacts {
  readonly subscriptions: readonly string[];
  /** Tokens by the id of the reading. */
  readonly readings: ReadonlyMap<string, number>;
  /** Cents by the id of the payment. */
  readonly payments: ReadonlyMap<string, number>;
  readonly isErased: boolean;
  readonly name: string;
  /** The month that its subscription begins with, counted from the first of all. */
  readonly firstMonth: number;
}

export interface Expected {
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  /** Months whose fee is billed to an account, and to what its usage comes. */
  readonly billed: (account: AccountFacts) => { readonly months: readonly string[]; readonly usageCents: number };
}

/** As it is told afterwards; lists, because one may be there twice. */
export interface FoundAccount {
  readonly subscriptions: readonly string[];
  /** What the meter counted: so many readings, of so many tokens. */
  readonly usage: { readonly count: number; readonly tokens: number };
  /** Readings of the account that can be looked up by their id. */
  readonly readings: ReadonlySet<string>;
  readonly payments: readonly { readonly id: string; readonly cents: number }[];
  readonly feeMonths: readonly string[];
  readonly usageCents: number;
  readonly name: string | null;
}

export interface Found {
  /** As often as each is listed. */
  readonly accountIds: readonly string[];
  readonly accounts: ReadonlyMap<string, FoundAccount>;
}

export interface Count {
  acknowledged: number;
  readonly lost: string[];
  readonly doubled: string[];
  /** There once, but not as it was acknowledged, or sent by nobody. */
  readonly wrong: string[];
}

export const isRight = ({ lost, doubled, wrong }: Count): boolean => lost.length + doubled.length + wrong.length === 0;

export const counted = (expected: Expected, found: Found): Count => {
  const count: Count = { acknowledged: 0, lost: [], doubled: [], wrong: [] };
  compareIds('account', [...expected.accounts.keys()], found.accountIds, count);
  for (const [id, account] of expected.accounts) {
    const there = found.accounts.get(id);
    if (there !== undefined) compareAccount(id, account, there, expected, count);
  }
  return count;
};

const compareAccount = (
  id: string,
  account: AccountFacts,
  there: FoundAccount,
  { billed }: Expected,
  count: Count,
): void => {
  const { months, usageCents } = billed(account);
  compareIds(`subscription of ${id}`, account.subscriptions, there.subscriptions, count);
  comparePayments(id, account, there, count);
  compareReadings(id, account, there, count);
  compareIds(`fee of ${id} for`, months, there.feeMonths, count);
  if (there.usageCents !== usageCents)
    count.wrong.push(`usage of ${id} is billed with ${there.usageCents} cents, not ${usageCents}`);
  compareErasure(id, account, there, count);
};

const compareIds = (what: string, acknowledged: readonly string[], there: readonly string[], count: Count): void => {
  const times = new Map<string, number>();
  for (const id of there) times.set(id, (times.get(id) ?? 0) + 1);
  for (const id of acknowledged) {
    count.acknowledged++;
    if (!times.has(id)) count.lost.push(`${what} ${id}`);
  }
  const known = new Set(acknowledged);
  for (const [id, often] of times) {
    if (often > 1) count.doubled.push(`${what} ${id}, ${often} times`);
    // The same request under two ids is what doubling looks like, too.
    if (!known.has(id)) count.doubled.push(`${what} ${id}, which nobody was told of`);
  }
};

const comparePayments = (id: string, account: AccountFacts, there: FoundAccount, count: Count): void => {
  const ids = there.payments.map((payment) => payment.id);
  compareIds(`payment of ${id}`, [...account.payments.keys()], ids, count);
  for (const payment of there.payments) {
    const cents = account.payments.get(payment.id);
    if (cents !== undefined && cents !== payment.cents)
      count.wrong.push(`payment ${payment.id} of ${id} is ${payment.cents} cents, not ${cents}`);
  }
};

/** By their ids, and by what the meter made of them: a reading that counts twice has one id all the same. */
const compareReadings = (id: string, account: AccountFacts, there: FoundAccount, count: Count): void => {
  for (const reading of account.readings.keys()) {
    count.acknowledged++;
    if (!there.readings.has(reading)) count.lost.push(`reading ${reading} of ${id}`);
  }
  const size = account.readings.size;
  const tokens = [...account.readings.values()].reduce((sum, each) => sum + each, 0);
  const { usage } = there;
  if (usage.count < size) count.lost.push(`${size - usage.count} readings of ${id} are not counted`);
  else if (usage.count > size)
    count.doubled.push(`${usage.count - size} readings of ${id} are counted beyond those sent`);
  else if (usage.tokens !== tokens) count.wrong.push(`readings of ${id} come to ${usage.tokens} tokens, not ${tokens}`);
};

const compareErasure = (id: string, { isErased, name }: AccountFacts, there: FoundAccount, count: Count): void => {
  count.acknowledged += isErased ? 1 : 0;
  if (isErased && there.name !== null) count.lost.push(`erasure of ${id}: its name is told`);
  if (!isErased && there.name !== name) count.lost.push(`name of ${id}: ${String(there.name)} is told`);
};
