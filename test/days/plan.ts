import { type Prng, prngOf, weighted } from '../simulation/prng.ts';
import { type TillName, tillNames } from './world.ts';

// A day of a shop, drawn from its seed alone: what people do, in order. What comes of it is not in here.

/** How a member pays in these days. */
export const waysToPay = ['cash', 'card', 'qr', 'transfer', 'own:礼品卡'] as const;

/** A place in a list that is known only when it comes to it: from 0 up to 1. */
type Place = number;

/** How a drawer is counted. `off` cents are missing (below nought) or too many; `miscounted` is told as counted, and is not so. */
export interface Counting {
  readonly offCents: number;
  readonly miscountedCents: number;
  /** These ways to pay are counted too, to the cent. */
  readonly alsoCounts: readonly string[];
  /** Taken in between the count and the close: it is the next shift's. */
  readonly between: readonly TopUp[];
}

export interface TopUp {
  readonly do: 'top-up';
  readonly till: TillName;
  readonly member: number;
  readonly cents: number;
  readonly tender: string | null;
  readonly person: number;
}

export type Action =
  | TopUp
  | {
      readonly do: 'open';
      readonly till: TillName;
      readonly floatCents: number;
      readonly drawer: 'own' | 'elsewhere';
    }
  | { readonly do: 'close'; readonly till: TillName; readonly counting: Counting }
  | {
      readonly do: 'award';
      readonly till: TillName;
      readonly member: number;
      readonly points: number;
      readonly person: number;
    }
  | {
      readonly do: 'reverse';
      readonly till: TillName;
      readonly which: Place;
      readonly person: number;
      readonly isPart: boolean;
    }
  | { readonly do: 'cancel'; readonly till: TillName; readonly which: Place; readonly person: number }
  /** How it was paid is put right, where the program can do that. */
  | { readonly do: 'change tender'; readonly till: TillName; readonly which: Place; readonly tender: string }
  | {
      readonly do: 'move';
      readonly till: TillName;
      readonly kind: 'paid-in' | 'paid-out';
      readonly cents: number;
      readonly person: number;
    }
  /** The drawer is opened for change, say. */
  | { readonly do: 'no sale'; readonly till: TillName; readonly person: number }
  /** A paper of an entry, one that is not settled where there is one; it may be cancelled right after. */
  | {
      readonly do: 'hand out';
      readonly till: TillName;
      readonly which: Place;
      readonly by: 'printer' | 'file';
      readonly isCancelled: boolean;
      readonly person: number;
    }
  /** Somebody has seen that the host refused an entry. */
  | { readonly do: 'acknowledge'; readonly till: TillName; readonly which: Place }
  | { readonly do: 'export'; readonly till: TillName; readonly of: ExportOf }
  | { readonly do: 'network'; readonly isUp: boolean }
  /** The next increments are applied or not, and their replies are lost. */
  | { readonly do: 'lose'; readonly when: 'before' | 'after'; readonly times: number }
  | { readonly do: 'refuse'; readonly times: number }
  /** Members spend, and a terminal credits them: nothing of it is this shop's tills'. */
  | { readonly do: 'others'; readonly member: number; readonly cents: number; readonly points: number }
  | { readonly do: 'back up'; readonly till: TillName }
  | { readonly do: 'put back'; readonly till: TillName }
  /** Papers of what a restore has lost are scanned: at their own till, or at the other. */
  | { readonly do: 'scan'; readonly till: TillName; readonly most: number }
  /** A manager looks at all that is in review, and answers as the host's ledger has it. */
  | { readonly do: 'answer'; readonly till: TillName; readonly drops: boolean }
  | { readonly do: 'restart'; readonly till: TillName; readonly called: string | null }
  | { readonly do: 'set clock'; readonly till: TillName; readonly offMs: number }
  | { readonly do: 'name person'; readonly person: number; readonly called: string }
  | { readonly do: 'pass'; readonly minutes: number }
  | { readonly do: 'look'; readonly till: TillName }
  /** So many entries in one go, while nothing goes out. */
  | { readonly do: 'flood'; readonly till: TillName; readonly entries: number };

export type Of<D extends Action['do']> = Extract<Action, { readonly do: D }>;

/** Which entries somebody takes along as a file. */
export const exportsOf = ['all', 'cash', 'reversals', 'last shift', 'after a paper'] as const;
export type ExportOf = (typeof exportsOf)[number];

export interface Day {
  readonly seed: number;
  /** At which tills the drawer opens for cash. */
  readonly opensDrawer: Readonly<Record<TillName, boolean>>;
  /** On the store's clock. */
  readonly startMs: number;
  readonly businessDayEndsAtMinute: number;
  readonly actions: readonly Action[];
}

/** One day in so many has an outage of `FLOOD` entries. */
export const FLOOD_EVERY = 50;
const FLOOD = 5_000;
const MOST_ENTRIES = 300;
const MOST_SHIFTS = 12;
const MEMBERS = 10;
const PERSONS = 4;
const HOUR_MS = 3_600_000;

/** Two of one name, and one whom others are called by and by. */
export const firstNames = ['Mei', 'Mei', 'Siti', '陈'] as const;
const laterNames = ['Mei', 'Siti', 'Mei Ling', '陈美玲'] as const;
const tillsCalled = ['Counter 1', 'Counter 2', 'Front', 'Back'] as const;

export const isFloodDay = (seed: number): boolean => seed % FLOOD_EVERY === 0;

/** What is so of the shop at this point of the plan. */
interface Course {
  readonly prng: Prng;
  readonly actions: Action[];
  readonly open: Record<TillName, boolean>;
  readonly hasBackup: Record<TillName, boolean>;
  isUp: boolean;
  isOff: Record<TillName, boolean>;
  entries: number;
  shifts: number;
  readonly mostShifts: number;
  readonly mostEntries: number;
}

const cents = (prng: Prng): number =>
  prng.chance(0.3)
    ? 100 * prng.pick([10, 20, 50, 100, 200])
    : prng.between(1, prng.chance(0.1) ? 150_000 : 20_000);

function topUp({ prng }: Course, till: TillName): TopUp {
  const isAsked = !prng.chance(0.04);
  return {
    ...{ do: 'top-up', till, member: prng.below(MEMBERS), cents: cents(prng), person: prng.below(PERSONS) },
    tender: isAsked ? prng.pick(prng.chance(0.5) ? ['cash'] : waysToPay) : null,
  };
}

/** The last of a list. */
const NEWEST: Place = 0.999_999;

const handOut = ({ prng }: Course, till: TillName, which: Place): Action => ({
  ...{ do: 'hand out', till, which, by: prng.pick(['printer', 'printer', 'file'] as const) },
  ...{ isCancelled: prng.chance(0.35), person: prng.below(PERSONS) },
});

const off = (prng: Prng): number =>
  prng.chance(0.5) ? 0 : (prng.chance(0.5) ? 1 : -1) * prng.between(1, prng.chance(0.5) ? 400 : 9_000);

function close(course: Course, till: TillName): Action {
  const { prng } = course;
  const between = prng.chance(0.25) ? prng.between(1, 3) : 0;
  course.open[till] = false;
  course.hasBackup[till] = course.hasBackup[till] && prng.chance(0.5);
  course.entries += between;
  return {
    ...{ do: 'close', till },
    counting: {
      offCents: off(prng),
      miscountedCents: prng.chance(0.3) ? off(prng) : 0,
      alsoCounts: waysToPay.filter((way) => way !== 'cash' && prng.chance(0.3)),
      between: Array.from({ length: between }, () => topUp(course, till)),
    },
  };
}

function open(course: Course, till: TillName): Action {
  const { prng } = course;
  course.open[till] = true;
  course.shifts += 1;
  return {
    ...{ do: 'open', till, floatCents: prng.pick([0, 5_000, 10_000, prng.between(1, 30_000)]) },
    drawer: prng.chance(0.12) ? 'elsewhere' : 'own',
  };
}

/** How often each is done, of a hundred. */
const weights = {
  ...{ 'top-up': 52, award: 5, reverse: 6, cancel: 4, 'change tender': 2, move: 4, network: 5, lose: 3 },
  ...{ refuse: 3, others: 4, 'back up': 2, 'put back': 1.5, scan: 2.5, answer: 4, restart: 1.5 },
  ...{ 'set clock': 1, 'name person': 1.5, pass: 6, look: 4, shift: 5, 'no sale': 2, 'hand out': 4 },
  ...{ acknowledge: 1.5, export: 0.7 },
} as const;

type Kind = keyof typeof weights;

/** One of each kind, where it makes sense at this point; what is drawn for one is not for another. */
const drawn: Readonly<Record<Kind, (course: Course, till: TillName) => readonly Action[]>> = {
  'top-up': (course, till) => {
    course.entries += 1;
    const made = topUp(course, till);
    // In an outage whoever paid wants a paper.
    return !course.isUp && course.prng.chance(0.2) ? [made, handOut(course, till, NEWEST)] : [made];
  },
  award: ({ prng }, till) => [
    {
      ...{ do: 'award', till, member: prng.below(MEMBERS), points: prng.between(1, 500) },
      person: prng.below(PERSONS),
    },
  ],
  reverse: ({ prng }, till) => [
    { do: 'reverse', till, which: prng.unit(), person: prng.below(PERSONS), isPart: prng.chance(0.3) },
  ],
  cancel: ({ prng }, till) => [{ do: 'cancel', till, which: prng.unit(), person: prng.below(PERSONS) }],
  'change tender': ({ prng }, till) => [
    { do: 'change tender', till, which: prng.unit(), tender: prng.pick(waysToPay) },
  ],
  move: ({ prng, open: isOpen }, till) =>
    isOpen[till]
      ? [
          {
            ...{ do: 'move', till, kind: prng.pick(['paid-in', 'paid-out'] as const) },
            ...{ cents: prng.between(1, 8_000), person: prng.below(PERSONS) },
          },
        ]
      : [],
  'no sale': ({ prng }, till) => [{ do: 'no sale', till, person: prng.below(PERSONS) }],
  'hand out': (course, till) => [handOut(course, till, course.prng.unit())],
  acknowledge: ({ prng }, till) => [{ do: 'acknowledge', till, which: prng.unit() }],
  export: ({ prng }, till) => [{ do: 'export', till, of: prng.pick(exportsOf) }],
  network: (course) => {
    course.isUp = !course.isUp;
    return [{ do: 'network', isUp: course.isUp }];
  },
  lose: ({ prng }) => [
    { do: 'lose', when: prng.pick(['before', 'after'] as const), times: prng.between(1, 2) },
  ],
  refuse: ({ prng }) => [{ do: 'refuse', times: prng.between(1, 2) }],
  others: ({ prng }) => [
    {
      ...{ do: 'others', member: prng.below(MEMBERS), points: prng.between(-50, 50) },
      cents: prng.between(-5_000, 5_000),
    },
  ],
  'back up': ({ hasBackup }, till) => {
    hasBackup[till] = true;
    return [{ do: 'back up', till }];
  },
  'put back': ({ hasBackup, prng }, till) => {
    if (!hasBackup[till]) return [];
    const scans = prng.chance(0.7) ? [{ do: 'scan', till: prng.pick(tillNames), most: 3 } as const] : [];
    return [{ do: 'put back', till }, ...scans];
  },
  scan: ({ prng }, till) => [{ do: 'scan', till, most: prng.between(1, 6) }],
  answer: ({ prng }, till) => [{ do: 'answer', till, drops: prng.chance(0.4) }],
  restart: ({ prng }, till) => [
    { do: 'restart', till, called: prng.chance(0.5) ? prng.pick(tillsCalled) : null },
  ],
  'set clock': ({ prng, isOff }, till) => {
    isOff[till] = !isOff[till];
    const by = prng.pick([-3, -1, 1, 26]) * HOUR_MS;
    return [{ do: 'set clock', till, offMs: isOff[till] ? by : 0 }];
  },
  'name person': ({ prng }) => [
    { do: 'name person', person: prng.below(PERSONS), called: prng.pick(laterNames) },
  ],
  pass: ({ prng }) => [{ do: 'pass', minutes: prng.pick([1, 5, 20, prng.chance(0.3) ? 180 : 60]) }],
  look: (_, till) => [{ do: 'look', till }],
  shift: (course, till) => {
    if (course.open[till]) return [close(course, till)];
    return course.shifts < course.mostShifts ? [open(course, till)] : [];
  },
};

const flood = (till: TillName): readonly Action[] => [
  { do: 'network', isUp: false },
  { do: 'flood', till, entries: FLOOD },
  { do: 'pass', minutes: 1 },
];

/** The day of a seed. Pure. */
export function drawDay(seed: number): Day {
  const prng = prngOf('day', seed);
  const size = prng.pick([0.1, 0.2, 0.3, 0.5, 1]);
  const course: Course = {
    ...{ prng, actions: [], open: { A: false, B: false }, hasBackup: { A: false, B: false } },
    ...{ isUp: true, isOff: { A: false, B: false }, entries: 0, shifts: 0 },
    mostShifts: Math.max(2, Math.round(MOST_SHIFTS * size)),
    mostEntries: Math.round(MOST_ENTRIES * size * (0.4 + 0.6 * prng.unit())),
  };
  const { actions } = course;
  const opensDrawer = { A: prng.chance(0.7), B: prng.chance(0.4) };
  // What is sold before the first shift of a till is in no shift.
  if (prng.chance(0.2)) actions.push(topUp(course, 'A'));
  for (const till of tillNames) actions.push(open(course, till));
  const floodAt = isFloodDay(seed) ? Math.floor(course.mostEntries / 2) : null;
  let isFlooded = false;
  while (course.entries < course.mostEntries) {
    const till = prng.chance(0.6) ? 'A' : 'B';
    if (floodAt !== null && !isFlooded && course.entries >= floodAt) {
      if (!course.open.A) actions.push(open(course, 'A'));
      actions.push(...flood('A'), close(course, 'A'), open(course, 'A'));
      [isFlooded, course.isUp] = [true, false];
      continue;
    }
    actions.push(...drawn[weighted(prng, weights)](course, till));
  }
  return {
    ...{ seed, actions, opensDrawer },
    startMs: Date.parse(prng.pick(['2026-01-15T01:00:00Z', '2026-01-15T11:30:00Z'])),
    businessDayEndsAtMinute: prng.pick([0, 240]),
  };
}

/** An action as a person reads it: `A top-up member 3 12.50 cash by 1`. */
export function inWords(action: Action): string {
  const { do: what, ...rest } = action;
  const words = Object.entries(rest).map(([name, value]) => {
    if (name === 'till') return null;
    if (name === 'counting') return JSON.stringify(value);
    return name.endsWith('ents') && typeof value === 'number'
      ? `${(value / 100).toFixed(2)}`
      : `${name} ${String(value)}`;
  });
  const till = 'till' in action ? `${action.till} ` : '';
  return `${till}${what} ${words.filter((word) => word !== null).join(' ')}`.trim();
}
