/**
 * In a world without further faults, every way must come to an end, and only where every entry has ended:
 * a state from which nothing leads on, or a circle, is an entry without a way out.
 */
export function withoutWayOut(
  isOver: readonly boolean[],
  from: readonly number[],
  to: readonly number[],
): { readonly what: string; readonly states: readonly number[] } | null {
  const states = isOver.length;
  const before: number[][] = Array.from({ length: states }, () => []);
  const left = new Int32Array(states);
  for (const [at, state] of from.entries()) {
    before[to[at] ?? 0]?.push(state);
    left[state] = (left[state] ?? 0) + 1;
  }
  const done: number[] = [];
  for (let state = 0; state < states; state += 1) {
    if (left[state] !== 0) continue;
    if (isOver[state] !== true) return { what: 'an entry has no way out', states: [state] };
    done.push(state);
  }
  for (let at = 0; at < done.length; at += 1) {
    for (const earlier of before[done[at] ?? 0] ?? []) {
      left[earlier] = (left[earlier] ?? 0) - 1;
      if (left[earlier] === 0) done.push(earlier);
    }
  }
  if (done.length === states) return null;
  const next = new Map<number, number>();
  for (const [at, state] of from.entries()) if ((left[to[at] ?? 0] ?? 0) > 0) next.set(state, to[at] ?? 0);
  return { what: 'an entry goes round in a circle', states: circleIn(next) };
}

/** Where from every state another one can be reached, that is a circle if it is followed long enough. */
function circleIn(next: ReadonlyMap<number, number>): readonly number[] {
  let [state = 0] = next.keys();
  for (let step = 0; step < next.size; step += 1) state = next.get(state) ?? 0;
  const circle = [state];
  for (let at = next.get(state) ?? 0; at !== state; at = next.get(at) ?? 0) circle.push(at);
  return [...circle, state];
}
