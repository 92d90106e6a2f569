import type { EntryState } from '../../preload/contract/index.ts';
import { createDetective, type Detective, investigationMoves } from './detective.ts';
import {
  arrivalMoves,
  cashierMoves,
  lookUpMoves,
  managerMoves,
  otherWriterMoves,
  pauseMoves,
  suspensionMoves,
  timeMoves,
} from './outside.ts';
import { isVouchedStep, mainRules, type Rules } from './rules.ts';
import { attemptMoves, begin, type Model, planned, probeMoves, putToReview, restartMoves } from './till.ts';
import { isEnded, keyOf, type Move, type Setting, startOf, type World } from './world.ts';

export interface Exploration {
  readonly states: number;
  readonly moves: number;
  /** Every step from state to state that some entry took. */
  readonly steps: ReadonlySet<string>;
  /** The first rule broken, with a shortest way there; null where none is. */
  readonly broken: { readonly what: string; readonly path: readonly string[] } | null;
}

/** Everything that can happen next. */
function movesFrom(model: Model, world: World, detective: Detective): readonly Move[] {
  const moves: Move[] = [];
  for (const { sequence } of planned(model, world).send) {
    moves.push(begin(model, world, sequence, `entry ${sequence + 1} is begun`));
    if (model.setting.may.has('tampering')) {
      const to = putToReview(model, world, sequence, 'not-vouched-for');
      moves.push({ label: `entry ${sequence + 1} is not vouched for`, to, isQuiet: false });
    }
  }
  for (const [index, { state }] of world.entries.entries()) {
    if (state === 'sending') moves.push(...attemptMoves(model, world, index));
    if (state === 'unknown') moves.push(...investigationMoves(model, world, index, detective));
    moves.push(...arrivalMoves(model, world, index), ...timeMoves(model, world, index));
    moves.push(...cashierMoves(world, index), ...managerMoves(model, world, index));
  }
  moves.push(...probeMoves(model, world), ...pauseMoves(world));
  moves.push(...restartMoves(model, world), ...suspensionMoves(model, world));
  moves.push(...otherWriterMoves(model, world), ...lookUpMoves(model, world));
  return moves;
}

/** What is wrong in a world, in words; null = nothing. */
function wrongIn({ setting }: Model, { entries }: World): string | null {
  const busy = new Set<number>();
  for (const [index, { state, applied, inAir }] of entries.entries()) {
    const name = `entry ${index + 1}`;
    if (applied > 1) return `${name} is applied twice`;
    if (state === 'confirmed' && applied === 0) return `${name} is confirmed and was not applied`;
    if (state === 'queued' || state === 'rejected' || state === 'cancelled') {
      if (applied > 0) return `${name} is ${state} and was applied`;
      if (inAir > 0) return `${name} is ${state} and may still arrive`;
    }
    if (state !== 'sending' && state !== 'unknown') continue;
    const member = setting.members[index] ?? 0;
    if (busy.has(member)) return `member ${member + 1} has two entries at once`;
    busy.add(member);
  }
  return null;
}

function wrongStep(before: World, { to, by, broken }: Move, steps: Set<string>): string | null {
  if (broken !== undefined) return broken;
  for (const [index, entry] of to.entries.entries()) {
    const was = before.entries[index]?.state ?? entry.state;
    if (was === entry.state) continue;
    const by1: readonly EntryState[] =
      by === undefined || was !== 'sending' || entry.state === by
        ? [was, entry.state]
        : [was, by, entry.state];
    for (const [at, state] of by1.entries()) {
      const next = by1[at + 1];
      if (next === undefined) continue;
      steps.add(`${state} → ${next}`);
      if (!isVouchedStep(state, next)) return `the journal does not vouch for ${state} → ${next}`;
    }
  }
  return null;
}

const isOver = ({ entries }: World): boolean => entries.every((entry) => isEnded(entry) && entry.inAir === 0);

/** Visits every state of a small world, nearest first, and stops at the first rule that is broken. */
export function explore(setting: Setting, rules: Rules = mainRules): Exploration {
  const model: Model = { setting, rules };
  const detective = createDetective(model);
  const steps = new Set<string>();
  const known = new Map<string, number>();
  const worlds: World[] = [];
  const parents: number[] = [];
  const labels: string[] = [];
  const quietFrom: number[] = [];
  const quietTo: number[] = [];
  const over: boolean[] = [];
  let moves = 0;
  const pathTo = (state: number): readonly string[] => {
    const path: string[] = [];
    for (let at = state; at > 0; at = parents[at] ?? 0) path.unshift(labels[at] ?? '');
    return path;
  };
  const visit = (world: World, parent: number, label: string): number => {
    const key = keyOf(world);
    const found = known.get(key);
    if (found !== undefined) return found;
    const state = worlds.length;
    known.set(key, state);
    worlds.push(world);
    parents.push(parent);
    labels.push(label);
    over.push(isOver(world));
    return state;
  };
  const result = (what: string | null, path: readonly string[]): Exploration => ({
    ...{ states: worlds.length, moves, steps },
    broken: what === null ? null : { what, path },
  });
  visit(startOf(setting), 0, '');
  for (let state = 0; state < worlds.length; state += 1) {
    const world = worlds[state] as World;
    for (const move of movesFrom(model, world, detective)) {
      moves += 1;
      const count = worlds.length;
      const to = visit(move.to, state, move.label);
      const what = wrongStep(world, move, steps) ?? (to === count ? wrongIn(model, move.to) : null);
      if (what !== null) return result(what, [...pathTo(state), move.label]);
      if (!move.isQuiet || to === state) continue;
      quietFrom.push(state);
      quietTo.push(to);
    }
  }
  const lost = withoutWayOut(worlds.length, quietFrom, quietTo, over);
  if (lost === null) return result(null, []);
  const round = lost.states.slice(1).map((state, at) => {
    const [before, after] = [worlds[lost.states[at] ?? 0], worlds[state]];
    if (before === undefined || after === undefined) return '';
    return movesFrom(model, before, detective).find(({ to }) => keyOf(to) === keyOf(after))?.label ?? '';
  });
  return result(lost.what, [
    ...pathTo(lost.states[0] ?? 0),
    ...round.map((label) => `again and again: ${label}`),
  ]);
}

/**
 * In a world that has become quiet, every way must come to an end, and only where every entry has ended:
 * a state from which nothing leads on, or a circle, is an entry without a way out.
 */
function withoutWayOut(
  states: number,
  from: readonly number[],
  to: readonly number[],
  over: readonly boolean[],
): { readonly what: string; readonly states: readonly number[] } | null {
  const before: number[][] = Array.from({ length: states }, () => []);
  const left = new Int32Array(states);
  for (const [at, state] of from.entries()) {
    before[to[at] ?? 0]?.push(state);
    left[state] = (left[state] ?? 0) + 1;
  }
  const done: number[] = [];
  for (let state = 0; state < states; state += 1) {
    if (left[state] !== 0) continue;
    if (over[state] !== true) return { what: 'an entry has no way out', states: [state] };
    done.push(state);
  }
  for (let at = 0; at < done.length; at += 1) {
    for (const earlier of before[done[at] ?? 0] ?? []) {
      left[earlier] = (left[earlier] ?? 0) - 1;
      if (left[earlier] === 0) done.push(earlier);
    }
  }
  if (done.length === states) return null;
  // From every state that is left another one that is left can be reached: followed long enough, that is a circle.
  const next = new Map<number, number>();
  for (const [at, state] of from.entries()) if ((left[to[at] ?? 0] ?? 0) > 0) next.set(state, to[at] ?? 0);
  let state = left.findIndex((open) => open > 0);
  for (let step = 0; step < states; step += 1) state = next.get(state) ?? 0;
  const circle = [state];
  for (let at = next.get(state) ?? 0; at !== state; at = next.get(at) ?? 0) circle.push(at);
  return { what: 'an entry goes round in a circle', states: [...circle, state] };
}
