/** A view of a state that costs something, made once of each revision of it. What it answers is shared, and stays as it was. */
export const oncePerRevision = <State extends object, View>(
  view: (state: State, revision: number) => View,
): ((state: State, revision: number) => View) => {
  const made = new WeakMap<State, { readonly revision: number; readonly view: View }>();
  return (state, revision) => {
    const known = made.get(state);
    if (known?.revision === revision) return known.view;
    const current = view(state, revision);
    made.set(state, { revision, view: current });
    return current;
  };
};
