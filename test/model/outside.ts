import { afterManager, afterTestedKey } from '../../main/hosts/link/link-state.ts';
import type { EntryCause } from '../../preload/contract/index.ts';
import type { AnswerName } from './answers.ts';
import { decided, replacedBy } from './detective.ts';
import { restarted } from './restart.ts';
import { type Model, memberOf, moved } from './till.ts';
import {
  type Entry,
  isEnded,
  LAST_STAGE,
  type Move,
  nothingSeen,
  type Stage,
  type World,
  withBaseline,
  withEntry,
  withLink,
} from './world.ts';

/** KYBIO has one copy in its hands: what it does with it, and what it says if anybody still listens. */
function taken(model: Model, world: World, index: number, isApplied: boolean, answer: AnswerName): World {
  const entry = world.entries[index] as Entry;
  const member = memberOf(model, index);
  // What KYBIO does not process it refuses to a middlebox's second copy as well.
  const isRefused = !isApplied && answer !== 'duplicate';
  const listens = entry.state === 'sending' && entry.step !== 'begun' && entry.step !== 'none';
  const to = withEntry(world, index, {
    inAir: isRefused ? 0 : entry.inAir - 1,
    applied: entry.applied + (isApplied ? 1 : 0),
    ...(listens ? { step: { answer, after: isApplied ? 1 : 0 } } : {}),
  });
  return isApplied ? moved(model, to, member, 1) : to;
}

/** A copy arrives. */
export function arrivalMoves(model: Model, world: World, index: number): readonly Move[] {
  const entry = world.entries[index] as Entry;
  const { setting } = model;
  if (entry.inAir === 0) return [];
  const name = `entry ${index + 1}`;
  const move = (isApplied: boolean, answer: AnswerName, isOrdinary: boolean): Move => {
    const isLate =
      isApplied &&
      !entry.reviewed &&
      world.entries.some(
        (other, at) => at > index && memberOf(model, at) === memberOf(model, index) && other.applied > 0,
      );
    const to = taken(model, world, index, isApplied, answer);
    const what = isApplied ? 'applies' : 'does not apply';
    const label = `KYBIO ${what} ${name}, and answers ${answer}`;
    return {
      label,
      to,
      isOrdinary,
      ...(isLate ? { broken: 'applied after a later entry of the member' } : {}),
    };
  };
  const isKnown = entry.applied > 0 || entry.isSecondTaken;
  const moves: Move[] = [];
  if (setting.refusesDuplicates && isKnown) moves.push(move(false, 'duplicate', true));
  else {
    moves.push(move(true, 'success', true));
    if (setting.may.has('silent-success')) moves.push(move(true, 'silent-success', true));
  }
  // Beyond the age that the check-up saw, KYBIO may have forgotten.
  if (setting.refusesDuplicates && entry.isForgotten) moves.push(move(true, 'success', false));
  for (const answer of [
    'rejected',
    'credentials',
    'refused-status',
    'unknown-words',
    'back-end-error',
  ] as const) {
    if (!setting.may.has(answer)) continue;
    // A middlebox's copies arrive together: once one is applied, the other meets no refusal but the known one.
    const isRefusal = answer !== 'unknown-words' && answer !== 'back-end-error';
    if (isRefusal && entry.applied > 0 && !entry.again) continue;
    // Words that nobody knows, and a broken back end, may come after the work.
    const mayBeApplied = (answer === 'unknown-words' || answer === 'back-end-error') && !isKnown;
    // Whom KYBIO has rejected it may go on rejecting: that must lead out as well.
    const isRejectedAgain = answer === 'rejected' && entry.attempts.some(({ outcome }) => outcome === answer);
    moves.push(move(false, answer, isRejectedAgain));
    if (mayBeApplied) moves.push(move(true, answer, false));
  }
  if (setting.may.has('lost-before-applying')) {
    const to = withEntry(world, index, { inAir: entry.inAir - 1 });
    moves.push({ label: `a copy of ${name} is lost on the way`, to, isOrdinary: false });
  }
  return moves;
}

/** Time goes on for an entry that waits: quiescence, the second reading, the moment a person is asked. */
export function timeMoves(model: Model, world: World, index: number): readonly Move[] {
  const entry = world.entries[index] as Entry;
  const moves: Move[] = [];
  const last: Stage = entry.state === 'unknown' ? LAST_STAGE : entry.state === 'review' ? 1 : 0;
  const arrived = entry.inAir === 0 || !model.rules.quiescenceOutlastsDelays;
  if (entry.stage < last && (entry.stage > 0 || arrived)) {
    const to = withEntry(world, index, { stage: (entry.stage + 1) as Stage });
    moves.push({
      label: `time passes for entry ${index + 1}, ${entry.stage} to ${entry.stage + 1}`,
      to,
      isOrdinary: true,
    });
  }
  // Half the greatest age is far longer than anything stays in the air.
  const isOlder = entry.state !== 'sending' && (!entry.aged || (entry.applied > 0 && !entry.isForgotten));
  if (
    model.setting.may.has('ageing') &&
    isOlder &&
    !isEnded(entry) &&
    entry.attempts.length > 0 &&
    entry.inAir === 0
  ) {
    const to = withEntry(world, index, { aged: true, isForgotten: entry.applied > 0 });
    moves.push({ label: `entry ${index + 1} is older than what the check-up saw`, to, isOrdinary: false });
  }
  return moves;
}

/** The PC slept: what was gathered counts no more. */
export function suspensionMoves(model: Model, world: World): readonly Move[] {
  if (!model.setting.may.has('suspension')) return [];
  let to = world;
  for (const [index, { state }] of world.entries.entries())
    if (state === 'unknown' || state === 'review') to = withEntry(to, index, { seen: nothingSeen, stage: 0 });
  return [{ label: 'the PC sleeps and wakes up', to, isOrdinary: false }];
}

/** Somebody else changes a member's balance by as much as one of ours would, or takes as much away. */
export function otherWriterMoves(model: Model, world: World): readonly Move[] {
  if (world.writesLeft === 0) return [];
  const left = { ...world, writesLeft: world.writesLeft - 1 };
  return world.baselines.flatMap((_, at) =>
    ([1, -1] as const).map((by): Move => {
      const label = `somebody else ${by > 0 ? 'adds to' : 'takes from'} member ${at + 1}`;
      return { label, to: moved(model, left, at, by), isOrdinary: false };
    }),
  );
}

/** A look-up at the counter: a baseline where no entry of the member is under way or undecided. */
export function lookUpMoves(model: Model, world: World): readonly Move[] {
  if (!model.setting.may.has('look-up')) return [];
  return world.baselines.flatMap((baseline, at): readonly Move[] => {
    const isBlurred = world.entries.some(
      ({ state }, index) => memberOf(model, index) === at && (state === 'sending' || state === 'unknown'),
    );
    if (isBlurred || baseline === 0) return [];
    const to = withBaseline(world, at, 0);
    return [{ label: `member ${at + 1} is looked up`, to, isOrdinary: false }];
  });
}

/** A cashier may cancel what no attempt has touched. */
export function cashierMoves(world: World, index: number): readonly Move[] {
  const entry = world.entries[index] as Entry;
  if (entry.state !== 'queued' || entry.touched) return [];
  const to = withEntry(world, index, { state: 'cancelled' });
  const broken = entry.left ? { broken: 'a cashier cancels what was sent' } : {};
  return [{ label: `a cashier cancels entry ${index + 1}`, to, isOrdinary: false, ...broken }];
}

const lookedInto: ReadonlySet<EntryCause | null> = new Set(['evidence-unclear', 'possible-double']);

/** A manager answers truly, and drops or sends nothing that may still arrive. */
export function managerMoves(model: Model, world: World, index: number): readonly Move[] {
  const entry = world.entries[index] as Entry;
  if (entry.state !== 'review') return [];
  const forgotten = withBaseline(world, memberOf(model, index), null);
  const answer = (label: string, state: 'confirmed' | 'queued' | 'cancelled'): readonly Move[] => {
    const to = decided(model, forgotten, index, state, null);
    const move: Move = { label: `a manager says of entry ${index + 1}: ${label}`, to, isOrdinary: true };
    if (!model.setting.may.has('crash')) return [move];
    const dies = `${move.label}, and the process dies before it is committed`;
    return [move, { label: dies, to: restarted(model, forgotten), isOrdinary: false }];
  };
  if (entry.applied > 0) return answer('it arrived', 'confirmed');
  if (entry.stage === 0 && !lookedInto.has(entry.cause)) return [];
  const drop = answer('drop it', 'cancelled');
  if (entry.cause === 'not-vouched-for') return drop;
  if (entry.attempts.at(-1)?.cause !== 'duplicate')
    return [...answer('it did not, send it', 'queued'), ...drop];
  // Another till owns its second: the same bytes would only be refused again.
  const label = `a manager says of entry ${index + 1}: it did not, send it, and it is replaced`;
  return [{ label, isOrdinary: true, ...replacedBy(model, forgotten, index) }, ...drop];
}

/** A manager ends a pause that waits for one, and somebody enters a key that works. */
export function pauseMoves(world: World): readonly Move[] {
  const { link } = world;
  const moves: Move[] = [];
  if (link.pauses.some(({ needsManager }) => needsManager))
    moves.push({
      label: 'a manager ends the pause',
      to: withLink(world, afterManager(link)),
      isOrdinary: true,
    });
  if (link.pauses.some(({ reason }) => reason === 'credentials'))
    moves.push({ label: 'a key is tested', to: withLink(world, afterTestedKey(link)), isOrdinary: true });
  return moves;
}
