import type { EvidencePolicy } from '../../main/hosts/host/evidence-policy.ts';
import type { HostProfile } from '../../main/hosts/host/host-profile.ts';
import { noBackoff } from '../../main/hosts/link/backoff.ts';
import { type LinkState, startingLink } from '../../main/hosts/link/link-state.ts';
import type { Outcome } from '../../main/hosts/port/member-host.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import type { Increment } from '../../main/ledger/types.ts';
import type { Sums } from '../../main/sending/undecided.ts';
import { amount, type EntryCause, type EntryState } from '../../preload/contract/index.ts';
import type { AnswerName, Happening } from './answers.ts';

/** One small world: who KYBIO is, what the till was told of it, and what may go wrong. */
export interface Setting {
  readonly name: string;
  /** Whose each entry is; its place here is its sequence. */
  readonly members: readonly number[];
  readonly refusesDuplicates: boolean;
  readonly profile: HostProfile;
  readonly policy: EvidencePolicy;
  /** How many increments of our own size somebody else makes, up or down. */
  readonly otherWrites: number;
  /** The first entry's second was used up by another till: a host that refuses duplicates refuses it. */
  readonly secondIsTaken: boolean;
  readonly may: ReadonlySet<Happening>;
}

/**
 * How far time has come since an entry's last attempt ended: before quiescence, just after it, some
 * minutes later, when caches have forgotten and a proven log shows everything, and past the moment at which a person
 * is asked.
 */
export type Stage = 0 | 1 | 2 | 3 | 4;
export const stageMs: readonly number[] = [0, 150_000, 350_000, 760_000, 1_500_000];
export const LAST_STAGE: Stage = 4;
/** What a check-up saw: the second look at the log is due at stage 3. */
export const LOG_DELAY_MS = 200_000;
export const STAGE_OF_WHOLE_LOG: Stage = 3;
export const GREATEST_AGE_MS = 172_800_000;

/** An attempt that was or may have been sent. Only a duplicate's cause and the first one's baseline count later. */
export interface Attempt {
  readonly outcome: Outcome['kind'];
  readonly cause: 'duplicate' | null;
  readonly baseline: number | null;
}

/** What was gathered about an undecided entry since its last attempt ended. */
export interface Seen {
  readonly readings: readonly { readonly total: number; readonly stage: Stage }[];
  readonly log: { readonly rows: number; readonly timesAsked: number; readonly askedAt: Stage } | null;
  readonly logAskedAt: Stage | null;
}
export const nothingSeen: Seen = { readings: [], log: null, logAskedAt: null };

/**
 * An entry as the till has it, and what is true of it outside. Sums of a member are counted in increments of
 * ours from what KYBIO holds at the moment: so worlds that differ only in how much that is are one.
 */
export interface Entry {
  readonly state: EntryState;
  readonly touched: boolean;
  readonly cause: EntryCause | null;
  readonly attempts: readonly Attempt[];
  /** While it is `sending`: committed, sent, or answered with what KYBIO then held. */
  readonly step: 'none' | 'begun' | 'sent' | { readonly answer: AnswerName; readonly after: number };
  /** The attempt under way sends an undecided entry again. */
  readonly again: boolean;
  /** The member's, when the current attempt began. */
  readonly baseline: number | null;
  readonly seen: Seen;
  readonly stage: Stage;
  /** Older than half the greatest age at which the check-up saw a refusal. */
  readonly aged: boolean;
  /** KYBIO may have forgotten that it applied it. */
  readonly isForgotten: boolean;
  readonly wasBegun: boolean;
  /** Another entry of the member was ended or decided since this one was first begun. */
  readonly othersSince: boolean;
  /** It has been in review: from then on it may be overtaken. */
  readonly reviewed: boolean;
  /** The truth: whether it ever left, how often KYBIO applied it, how many copies may still arrive. */
  readonly left: boolean;
  /** Its second belongs to another till's increment at KYBIO. */
  readonly isSecondTaken: boolean;
  readonly applied: number;
  readonly inAir: number;
}

export interface World {
  readonly entries: readonly Entry[];
  /** By member; null = none. */
  readonly baselines: readonly (number | null)[];
  readonly link: LinkState;
  readonly writesLeft: number;
  /** The truth of protocol rule 7: an attempt came to nothing known, and KYBIO has answered no read since. */
  readonly isSilent: boolean;
}

/** One thing that can happen. */
export interface Move {
  readonly label: string;
  readonly to: World;
  /** It needs no fault and no luck: in a world without further faults it happens sooner or later. */
  readonly isOrdinary: boolean;
  /** A rule that it breaks by itself. */
  readonly broken?: string;
  /** A state that an entry passes on the way: a restart finds `sending` and may put it to review. */
  readonly by?: EntryState;
}

/** Every increment is five and a point: the worst, since nothing tells one from another. */
export const increments = { balance: amount('5'), point: amount('1') } as const;
export const sumsOf = (total: number): Sums => ({
  balance: amount(String(100 + 5 * total)),
  point: amount(String(10 + total)),
});

export const memberUid = '231607639459718452';
export const OUR_TIME = '2026-01-15 13:26:23';

/** An increment as main knows it; what of it differs from entry to entry is put in. */
export const anIncrement: Increment = {
  ...{
    id: '1',
    requestId: '1',
    kind: 'top-up',
    customerUid: memberUid,
    customerNumber: '1',
    customerName: '',
  },
  balanceIncrement: increments.balance,
  pointIncrement: increments.point,
  ...{
    actor: '',
    personId: null,
    note: '',
    corrects: null,
    sequence: 1,
    till: '',
    accountHost: '',
    accountAppId: '',
  },
  terms: noTerms,
  origin: null,
  ...{ dataChangeTime: OUR_TIME, createdAtMs: 0, storeDay: '', state: 'unknown', version: 1, touched: true },
  ...{ cause: null, messages: [], settledAtMs: null, attempts: 1 },
  ...{ balanceBefore: null, balanceAfter: null, pointBefore: null, pointAfter: null },
  ...{ correctsSequence: null, corrected: false, takenBack: null, decision: null },
  ...{ acknowledged: false, unacknowledged: false },
};

export const isEnded = ({ state }: Entry): boolean =>
  state === 'confirmed' || state === 'rejected' || state === 'cancelled';

export const newEntry: Entry = {
  state: 'queued',
  touched: false,
  cause: null,
  attempts: [],
  step: 'none',
  again: false,
  baseline: null,
  seen: nothingSeen,
  stage: 0,
  aged: false,
  isForgotten: false,
  wasBegun: false,
  othersSince: false,
  reviewed: false,
  left: false,
  isSecondTaken: false,
  applied: 0,
  inAir: 0,
};

/** Equal worlds share their parts, so that telling them apart is comparing numbers. */
function createInterner<T extends object>(keyOf: (value: T) => string) {
  const known = new Map<string, T>();
  const ids = new Map<T, number>();
  return {
    of: (value: T): T => {
      const key = keyOf(value);
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, value);
      ids.set(value, ids.size);
      return value;
    },
    idOf: (value: T): number => ids.get(value) ?? -1,
  };
}

/** All of an entry in a few characters: most of the time goes by here. */
function textOfEntry(entry: Entry): string {
  const { state, touched, cause, attempts, step, again, baseline, seen, stage } = entry;
  const { aged, isForgotten, wasBegun, othersSince, reviewed, left, isSecondTaken, applied, inAir } = entry;
  const first =
    (touched ? 1 : 0) + (again ? 2 : 0) + (aged ? 4 : 0) + (isForgotten ? 8 : 0) + (isSecondTaken ? 256 : 0);
  const bits = first + (wasBegun ? 16 : 0) + (othersSince ? 32 : 0) + (reviewed ? 64 : 0) + (left ? 128 : 0);
  let text = `${state}${bits},${cause},${baseline},${stage}${applied}${inAir}`;
  text += typeof step === 'string' ? step : `${step.answer}${step.after}`;
  for (const attempt of attempts) text += `;${attempt.outcome}${attempt.cause}${attempt.baseline}`;
  for (const reading of seen.readings) text += `/${reading.total}@${reading.stage}`;
  const { log, logAskedAt } = seen;
  return log === null
    ? `${text}|${logAskedAt}`
    : `${text}|${logAskedAt}${log.rows},${log.timesAsked}${log.askedAt}`;
}

const entries = createInterner<Entry>(textOfEntry);
const links = createInterner<LinkState>((link) => JSON.stringify(link));

export const idOfEntry = (entry: Entry): number => entries.idOf(entry);
export const idOfLink = (link: LinkState): number => links.idOf(link);

/** What an ended entry was like on the way does not matter any more; what may still arrive does. */
const trimmed = (entry: Entry): Entry =>
  isEnded(entry) ? { ...newEntry, state: entry.state, applied: entry.applied, inAir: entry.inAir } : entry;

const replaced = (world: World, index: number, entry: Entry): World => {
  if (world.entries[index] === entry) return world;
  const changed = [...world.entries];
  changed[index] = entry;
  return { ...world, entries: changed };
};

export const withEntry = (world: World, index: number, change: Partial<Entry>): World =>
  replaced(world, index, entries.of(trimmed({ ...(world.entries[index] as Entry), ...change })));

/** A change that depends on nothing but the entry is made once. */
export function once(change: (entry: Entry) => Partial<Entry>): (world: World, index: number) => World {
  const known = new Map<Entry, Entry>();
  return (world, index) => {
    const entry = world.entries[index] as Entry;
    let after = known.get(entry);
    if (after === undefined) {
      after = entries.of(trimmed({ ...entry, ...change(entry) }));
      known.set(entry, after);
    }
    return replaced(world, index, after);
  };
}

export const withBaseline = (world: World, member: number, baseline: number | null): World => ({
  ...world,
  baselines: world.baselines.map((one, at) => (at === member ? baseline : one)),
});

/** How long a wait lasts and when something was said is not part of the model: time may always pass. */
export const withLink = (world: World, link: LinkState): World => ({
  ...world,
  link: links.of({
    ...link,
    pauses: link.pauses.map((pause) => ({ ...pause, sinceMs: 0, words: '' })),
    lastAnswerAtMs: null,
    clockSkewMs: null,
    backoff: { ...noBackoff, isOfIncrement: link.backoff.isOfIncrement },
  }),
});

export const atOnce = { nowMs: 0, monotonicMs: 0, unit: 0 };

export function startOf(setting: Setting): World {
  const memberCount = Math.max(...setting.members) + 1;
  const world: World = {
    entries: setting.members.map((_, at) =>
      entries.of({ ...newEntry, isSecondTaken: setting.secondIsTaken && at === 0 }),
    ),
    baselines: Array.from({ length: memberCount }, () => (setting.may.has('look-up') ? null : 0)),
    link: startingLink,
    writesLeft: setting.otherWrites,
    isSilent: false,
  };
  return withLink(world, startingLink);
}

export const keyOf = ({ entries: of, baselines, link, writesLeft, isSilent }: World): string =>
  `${of.map(idOfEntry).join()};${baselines.join()};${idOfLink(link)};${writesLeft};${isSilent}`;
