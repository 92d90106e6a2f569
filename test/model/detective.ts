import { afterFailedRead } from '../../main/hosts/link/link-state.ts';
import { stopsReads } from '../../main/hosts/link/pauses.ts';
import type { AttemptRecord } from '../../main/sending/evidence-repository.ts';
import { type Gathered, investigationOf } from '../../main/sending/gathered.ts';
import type { May, Step } from '../../main/sending/investigation.ts';
import { noPapers } from '../../main/sending/stored-papers.ts';
import type { EntryCause, EntryState } from '../../preload/contract/index.ts';
import { putToReview, restarted } from './restart.ts';
import { begin, heard, type Model, memberOf, noteForOthers, othersOf } from './till.ts';
import {
  anIncrement,
  atOnce,
  type Entry,
  GREATEST_AGE_MS,
  idOfEntry,
  increments,
  type Move,
  newEntry,
  nothingSeen,
  OUR_TIME,
  type Seen,
  STAGE_OF_WHOLE_LOG,
  stageMs,
  sumsOf,
  type World,
  withBaseline,
  withEntry,
  withLink,
} from './world.ts';

const timeOf = (stage: number): number => stageMs[stage] ?? 0;
const quiescentAtMs = timeOf(1);

function gatheredOf({ readings, log, logAskedAt }: Seen): Gathered {
  return {
    ...{ endedAtMs: 0, leftAtMs: 0, facts: null, memberNotBeforeMs: 0, logNotBeforeMs: 0, memberRefusals: 0 },
    readings: readings.map(({ total, stage }) => ({ ...sumsOf(total), atMonotonicMs: timeOf(stage) })),
    log:
      log === null
        ? null
        : {
            rows: Array.from({ length: log.rows }, () => ({
              ...{ amount: increments.balance, datetime: OUR_TIME, explained: false },
            })),
            timesAsked: log.timesAsked,
            askedAfterMs: timeOf(log.askedAt),
          },
    logAskedAtMs: logAskedAt === null ? null : timeOf(logAskedAt),
  };
}

/** Other entries of the member that may or may not be in its sums, and how many could be. */
interface Others {
  readonly othersUndecided: boolean;
  readonly others: number;
}

function othersAround(model: Model, world: World, index: number): Others {
  const entry = world.entries[index] as Entry;
  const isUndecided = ({ state }: Entry) => state === 'sending' || state === 'unknown' || state === 'review';
  const around = othersOf(model, world, index).filter((other) => entry.othersSince || isUndecided(other));
  const inSums = around.filter(({ state }) => state !== 'cancelled' && state !== 'rejected');
  return { othersUndecided: around.length > 0, others: inSums.length };
}

/** The case as main makes it, out of what the model knows of the entry. */
function investigationOfEntry(entry: Entry, { othersUndecided, others }: Others) {
  const attempts = entry.attempts.map(
    ({ outcome, cause, baseline }, at): AttemptRecord => ({
      ...{ number: at + 1, startedAtMs: 0, phase: 'sent', outcome, cause, messages: [] },
      baseline: baseline === null ? null : { ...sumsOf(baseline), atMs: 0 },
    }),
  );
  const evidence = {
    attempts: () => attempts,
    othersUndecided: () => othersUndecided,
    others: () => Array.from({ length: others }, () => increments),
    ownBefore: () => [],
    ownConfirmed: () => [],
    // A head that does not fit puts nothing back here: all attempts are known.
    wasRestored: () => false,
    wasAskedWhose: () => false,
    passedSince: () => null,
    keep: () => undefined,
    kept: () => null,
    keepBefore: () => undefined,
    // No disk is put back here, of which nothing tells: what waits was never sent.
    earlierBaselines: () => [],
    journalEnd: () => ({ chain: 1, number: 0 }),
    seen: () => undefined,
    keepPaper: () => undefined,
    papers: () => noPapers,
    papersBaseline: () => null,
    sentBaseline: () => null,
  };
  const nowMs = entry.aged ? GREATEST_AGE_MS : 0;
  const clock = { nowMs: () => nowMs, monotonicMs: () => 0, schedule: () => () => undefined };
  const parts = { evidence, clock, storeTimeZone: 'Asia/Singapore' };
  return investigationOf(
    parts,
    { ...anIncrement, cause: entry.cause },
    gatheredOf(entry.seen),
    quiescentAtMs,
  );
}

/** What main would do about an undecided entry now; the same question has the same answer. */
export function createDetective(model: Model) {
  const { profile, policy } = model.setting;
  const known = new Map<string, Step>();
  return (entry: Entry, others: Others, { mayCall, maySend }: May): Step => {
    const key = `${idOfEntry(entry)} ${others.othersUndecided} ${others.others} ${mayCall} ${maySend}`;
    let step = known.get(key);
    if (step === undefined) {
      const of = investigationOfEntry(entry, others);
      step = model.rules.nextStep(of, profile, policy, timeOf(entry.stage), { mayCall, maySend });
      known.set(key, step);
    }
    return step;
  };
}
export type Detective = ReturnType<typeof createDetective>;

/** `unknown` or `review` → what evidence or a manager says. */
export function decided(
  model: Model,
  world: World,
  index: number,
  state: EntryState,
  cause: EntryCause | null,
): World {
  const entry = world.entries[index] as Entry;
  const attempts = entry.attempts.map((attempt) =>
    state === 'queued' && attempt.outcome === 'unknown'
      ? { ...attempt, outcome: 'not-applied' as const }
      : attempt,
  );
  const isReview = state === 'review';
  const to = withEntry(world, index, {
    ...{ state, cause, attempts, seen: nothingSeen, stage: isReview ? 1 : 0 },
    reviewed: entry.reviewed || (isReview && othersOf(model, world, index).length > 0),
  });
  return noteForOthers(model, to, index);
}

/**
 * Cancels an entry whose second is another's and puts a new one in its place, in one commit. Here it takes its
 * very place, though it comes last in its member's order: so it may be overtaken.
 */
export function replacedBy(model: Model, world: World, index: number): Pick<Move, 'to' | 'by' | 'broken'> {
  const { applied, inAir } = world.entries[index] as Entry;
  const cancelled = decided(model, world, index, 'cancelled', null);
  const reviewed = othersOf(model, world, index).length > 0;
  const to = withEntry(cancelled, index, { ...newEntry, reviewed });
  return { to, by: 'cancelled', ...(applied + inAir > 0 ? { broken: 'what was applied is replaced' } : {}) };
}

function readings(
  model: Model,
  world: World,
  index: number,
  step: 'read-member' | 'read-log',
): readonly Move[] {
  const entry = world.entries[index] as Entry;
  const { seen, stage } = entry;
  const after = heard(world);
  const name = `entry ${index + 1}`;
  const failure = { kind: 'no-answer', cause: 'timeout', pause: null, messages: [] } as const;
  const failed = withLink(world, afterFailedRead(world.link, failure, atOnce));
  const unanswered = { label: `nobody answers what is asked about ${name}`, to: failed, isOrdinary: false };
  const others = model.setting.may.has('read-not-answered') ? [unanswered] : [];
  if (step === 'read-member') {
    const read = (total: number): World =>
      withEntry(after, index, { seen: { ...seen, readings: [...seen.readings, { total, stage }] } });
    const label = `the member of ${name} is read`;
    const whole: Move = { label, to: read(0), isOrdinary: true };
    // A cache may answer a read with what it has from before, for less long than lies between two readings.
    const isBehind = model.setting.may.has('old-reading') && entry.applied > 0 && stage < STAGE_OF_WHOLE_LOG;
    const old = isBehind
      ? [{ label: `${label} as it was`, to: read(-entry.applied), isOrdinary: false }]
      : [];
    return [whole, ...old, ...others];
  }
  const proven = model.setting.profile.log !== null;
  const rows = proven ? entry.applied + (entry.isSecondTaken ? 1 : 0) : 0;
  const asked = (shown: number): World => {
    const log = { rows: shown, timesAsked: (seen.log?.timesAsked ?? 0) + 1, askedAt: stage };
    return withEntry(after, index, { seen: { ...seen, log, logAskedAt: stage } });
  };
  const label = `the log is read for ${name}`;
  const whole: Move = { label: `${label}: ${rows}`, to: asked(rows), isOrdinary: true };
  const isEarly = rows > 0 && stage < STAGE_OF_WHOLE_LOG;
  return [
    whole,
    ...(isEarly ? [{ label: `${label} before it shows it`, to: asked(0), isOrdinary: true }] : []),
    ...others,
  ];
}

/** Settles an entry by evidence; the process may die between what is forgotten and what is decided. */
function settled(
  model: Model,
  world: World,
  index: number,
  step: Extract<Step, { do: 'settle' | 'review' }>,
): readonly Move[] {
  const { verdict } = step;
  const member = memberOf(model, index);
  const state = verdict.decision === 'applied' ? 'confirmed' : 'review';
  const cause = verdict.decision === 'double' ? 'possible-double' : 'evidence-unclear';
  const forgotten = state === 'confirmed' ? withBaseline(world, member, null) : world;
  const done = decided(model, forgotten, index, state, state === 'review' ? cause : null);
  const label = `evidence for entry ${index + 1} says ${state}: ${verdict.reasons.join(', ')}`;
  const moves: Move[] = [{ label, to: done, isOrdinary: true }];
  if (!model.setting.may.has('crash')) return moves;
  if (forgotten !== world)
    moves.push({
      label: `${label}, and the process dies before it is committed`,
      to: restarted(model, forgotten),
      isOrdinary: false,
    });
  moves.push({
    label: `${label}, and the process dies just after`,
    to: restarted(model, done),
    isOrdinary: false,
  });
  return moves;
}

/** One step into an entry whose answer was lost, as main's loop allows it. */
export function investigationMoves(
  model: Model,
  world: World,
  index: number,
  detective: Detective,
): readonly Move[] {
  const { entries, link } = world;
  const entry = entries[index] as Entry;
  if (entries.some(({ state }) => state === 'sending')) return [];
  const canAsk = link.reach === 'online' && !link.pauses.some(stopsReads);
  const maySend = canAsk && link.pauses.length === 0;
  const step = detective(entry, othersAround(model, world, index), { mayCall: canAsk, maySend });
  switch (step.do) {
    case 'wait':
      return [];
    case 'send-again': {
      const move = begin(model, world, index, `entry ${index + 1} is begun again`);
      if (!model.setting.may.has('tampering')) return [move];
      const to = putToReview(model, world, index, 'not-vouched-for');
      return [move, { label: `entry ${index + 1} is not vouched for`, to, isOrdinary: false }];
    }
    case 'read-member':
    case 'read-log':
      return readings(model, world, index, step.do);
    case 'settle':
    case 'review':
      return settled(model, world, index, step);
  }
}
