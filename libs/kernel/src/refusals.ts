/** Codes of refusals, each with a sentence such as people read with it. */
export type Refusals = Readonly<Record<string, string>>;

/** All of them in one. @throws Error where two declare the same code: it means one thing, and says so once */
export const allRefusals = (declared: readonly Refusals[]): Refusals => {
  const codes = declared.flatMap(Object.keys);
  const repeated = codes.filter((code, index) => codes.indexOf(code) < index);
  if (repeated.length > 0) throw new Error(`Declared more than once: ${repeated.join(', ')}.`);
  return Object.assign({}, ...declared) as Refusals;
};
