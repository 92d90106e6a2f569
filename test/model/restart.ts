import { afterUndecidedAtStart, startingLink } from '../../main/hosts/link/link-state.ts';
import { rememberedPauses } from '../../main/hosts/link/pauses.ts';
import type { EntryState } from '../../preload/contract/index.ts';
import type { Rules } from './rules.ts';
import { folded, type Model, othersOf } from './till.ts';
import { atOnce, isEnded, type Move, nothingSeen, once, type World, withEntry, withLink } from './world.ts';

const restartedAs = (found: Rules['interrupted']) =>
  once((entry) => {
    if (isEnded(entry)) return {};
    const anew = { seen: nothingSeen, stage: 0 } as const;
    if (entry.state !== 'sending') return anew;
    return {
      ...anew,
      state: found,
      touched: true,
      cause: null,
      attempts: folded([...entry.attempts, { outcome: 'unknown', cause: null, baseline: entry.baseline }]),
      ...{ step: 'none', again: false, baseline: null },
    };
  });
const restartedEntry = { unknown: restartedAs('unknown'), queued: restartedAs('queued') };

/** What died with the process: the link, what was gathered, and what became of what was under way. */
export function restarted({ rules }: Model, world: World): World {
  let to = world;
  for (const index of world.entries.keys()) to = restartedEntry[rules.interrupted](to, index);
  const undecided = to.entries.some(({ state }) => state === 'unknown');
  const { pauses, backoff } = world.link;
  const link = { ...startingLink, pauses: rememberedPauses({ pauses }), backoff };
  return withLink({ ...to, isSilent: undecided }, undecided ? afterUndecidedAtStart(link, atOnce) : link);
}

/** The till's journal does not vouch for an entry, or for any of them: then a person looks. */
export function putToReview(
  model: Model,
  world: World,
  index: number,
  cause: 'restored' | 'not-vouched-for',
): World {
  const reviewed = othersOf(model, world, index).length > 0;
  return withEntry(world, index, { state: 'review', cause, reviewed, seen: nothingSeen, stage: 0 });
}

export function restartMoves(model: Model, world: World): readonly Move[] {
  const { may } = model.setting;
  if (!may.has('crash')) return [];
  const up = restarted(model, world);
  const moves: Move[] = [{ label: 'the process dies and is started again', to: up, isOrdinary: false }];
  const by: EntryState = 'unknown';
  if (may.has('head-mismatch')) {
    let all = up;
    for (const [index, entry] of up.entries.entries()) {
      if (!isEnded(entry) && entry.cause !== 'not-vouched-for')
        all = putToReview(model, all, index, 'restored');
    }
    moves.push({ label: 'a restart finds the head ahead of the database', to: all, isOrdinary: false, by });
  }
  if (may.has('tampering')) {
    for (const [index, entry] of up.entries.entries()) {
      if (isEnded(entry) || entry.cause === 'not-vouched-for') continue;
      const to = putToReview(model, up, index, 'not-vouched-for');
      moves.push({ label: `a restart finds entry ${index + 1} altered`, to, isOrdinary: false, by });
    }
  }
  return moves;
}
