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
import { putToReview, restartMoves } from './restart.ts';
import { isVouchedStep, mainRules, type Rules } from './rules.ts';
import { attemptMoves, begin, type Model, planned, probeMoves } from './till.ts';
import { withoutWayOut } from './way-out.ts';
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
      moves.push({ label: `entry ${sequence + 1} is not vouched for`, to, isOrdinary: false });
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
  if (entries.filter(({ state }) => state === 'sending').length > 1)
    return 'two entries are on their way at once';
  return null;
}

/** A restart finds `sending` undecided and may put it to review; where an entry is replaced, a new one begins. */
function stepsOf(was: EntryState, now: EntryState, by: Move['by']): readonly [EntryState, EntryState][] {
  if (by === 'cancelled') return [[was, by]];
  if (by === undefined || was !== 'sending' || now === by) return [[was, now]];
  return [
    [was, by],
    [by, now],
  ];
}

function wrongStep(before: World, { to, by, broken }: Move, steps: Set<string>): string | null {
  if (broken !== undefined) return broken;
  for (const [index, { state: now }] of to.entries.entries()) {
    const was = before.entries[index]?.state ?? now;
    if (was === now) continue;
    for (const [from, next] of stepsOf(was, now, by)) {
      steps.add(`${from} → ${next}`);
      if (!isVouchedStep(from, next)) return `the journal does not vouch for ${from} → ${next}`;
    }
  }
  return null;
}

const isOver = ({ entries }: World): boolean => entries.every((entry) => isEnded(entry) && entry.inAir === 0);

/** The worlds that were visited, each with the move by which it was first reached. */
function createVisited(start: World) {
  const places = new Map<string, number>();
  const worlds: World[] = [];
  const parents: number[] = [];
  const labels: string[] = [];
  const visit = (world: World, parent: number, label: string): number => {
    const key = keyOf(world);
    const found = places.get(key);
    if (found !== undefined) return found;
    places.set(key, worlds.length);
    worlds.push(world);
    parents.push(parent);
    labels.push(label);
    return worlds.length - 1;
  };
  visit(start, 0, '');
  return {
    worlds,
    visit,
    pathTo: (place: number): readonly string[] => {
      const path: string[] = [];
      for (let at = place; at > 0; at = parents[at] ?? 0) path.unshift(labels[at] ?? '');
      return path;
    },
  };
}

/** Visits every state of a small world, nearest first, and stops at the first rule that is broken. */
export function explore(setting: Setting, rules: Rules = mainRules): Exploration {
  const model: Model = { setting, rules };
  const detective = createDetective(model);
  const steps = new Set<string>();
  const { worlds, visit, pathTo } = createVisited(startOf(setting));
  const ordinaryFrom: number[] = [];
  const ordinaryTo: number[] = [];
  let moves = 0;
  const result = (broken: Exploration['broken']): Exploration => ({
    ...{ states: worlds.length, moves, steps, broken },
  });
  for (let place = 0; place < worlds.length; place += 1) {
    const world = worlds[place] as World;
    for (const move of movesFrom(model, world, detective)) {
      moves += 1;
      const count = worlds.length;
      const to = visit(move.to, place, move.label);
      const what = wrongStep(world, move, steps) ?? (to === count ? wrongIn(model, move.to) : null);
      if (what !== null) return result({ what, path: [...pathTo(place), move.label] });
      if (!move.isOrdinary || to === place) continue;
      ordinaryFrom.push(place);
      ordinaryTo.push(to);
    }
  }
  const lost = withoutWayOut(worlds.map(isOver), ordinaryFrom, ordinaryTo);
  if (lost === null) return result(null);
  const onward = lost.states.slice(1).map((place, at) => {
    const [before, after] = [worlds[lost.states[at] ?? 0] as World, worlds[place] as World];
    const move = movesFrom(model, before, detective).find(({ to }) => keyOf(to) === keyOf(after));
    return `again and again: ${move?.label}`;
  });
  return result({ what: lost.what, path: [...pathTo(lost.states[0] ?? 0), ...onward] });
}
