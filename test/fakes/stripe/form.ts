/** What a form says, in the nesting that its brackets mean: `a[b]=1`, `a[0]=1`, `a[]=1`. Every value is a text. */
export type Form = { readonly [name: string]: FormValue };
export type FormValue = string | readonly FormValue[] | Form;

type Tree = Map<string, string | Tree>;

export const formOf = (text: string): Form => {
  const root: Tree = new Map();
  for (const [name, value] of new URLSearchParams(text)) put(root, pathOf(name), value);
  return objectOf(root);
};

/** `items[0][price]` is items, 0, price. */
const pathOf = (name: string): readonly string[] => {
  const open = name.indexOf('[');
  if (open < 0) return [name];
  return [name.slice(0, open), ...[...name.slice(open).matchAll(/\[([^\]]*)\]/gu)].map(([, part]) => part!)];
};

const put = (root: Tree, path: readonly string[], value: string): void => {
  let tree = root;
  for (const part of path.slice(0, -1)) {
    const name = part === '' ? String(tree.size) : part;
    const found = tree.get(name);
    const next: Tree = found instanceof Map ? found : new Map();
    tree.set(name, next);
    tree = next;
  }
  const last = path.at(-1)!;
  tree.set(last === '' ? String(tree.size) : last, value);
};

const valueOf = (value: string | Tree): FormValue => {
  if (typeof value === 'string') return value;
  const names = [...value.keys()];
  return names.every((name, index) => name === String(index)) ? [...value.values()].map(valueOf) : objectOf(value);
};

const objectOf = (tree: Tree): Form =>
  Object.fromEntries([...tree].map(([name, value]) => [name, valueOf(value)] as const));
