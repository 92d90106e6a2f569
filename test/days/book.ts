import type { EntryState } from '../../preload/contract/index.ts';
import type { TillName } from './world.ts';

// What the test itself knows of a day: what was asked for, what came of it, and what the played cashiers put into their
// drawers and took out of them. Plain whole numbers, cents and points; nothing of it is added up by the program.

export interface Sums {
  readonly entries: number;
  readonly cents: number;
  readonly bonus: number;
  readonly points: number;
}

/** The lines of a report, as a person counts them. */
export const lineNames = [
  ...(['taken', 'reversed', 'late', 'cancelled', 'unsettled', 'corrections', 'takenUp'] as const),
  ...(['paidIn', 'paidOut', 'before'] as const),
] as const;
export type LineName = (typeof lineNames)[number];

export const nothing: Sums = { entries: 0, cents: 0, bonus: 0, points: 0 };

/** What somebody asked a till for; only how it was paid may be put right later. Of what takes back, the sums are below nought. */
export interface Asked extends Omit<Sums, 'entries'> {
  readonly id: string;
  readonly kind: 'top-up' | 'award' | 'reversal';
  readonly isCorrection: boolean;
  /** What it mends, or takes back. */
  readonly corrects: string | null;
  readonly tender: string | null;
  /** Who it is, whatever they are called. */
  readonly person: string;
  readonly customerUid: string;
  /** Its second at the host. */
  readonly key: string;
  /** At which till, and when by the clock of that till. */
  readonly at: TillName;
  readonly atMs: number;
  readonly day: string;
}

export type Line = 'sale' | 'correction' | 'taken-up';

/** An entry as one till has it. */
export interface Held {
  asked: Asked;
  /** Null: it was entered here. Else a paper brought it, of this till or the other. */
  readonly paper: TillName | null;
  state: EntryState;
  /** By which way to pay a Z has told it, once one has. */
  tender: string | null;
  /** Whose Z told of it: 0 is before the first shift, null none yet. */
  shift: number | null;
  line: Line;
  /** That Z told it as not settled, and none has told its end. */
  isFollowed: boolean;
}

export const isBack = (state: EntryState): boolean => state === 'rejected' || state === 'cancelled';
export const isSettled = (state: EntryState): boolean => state === 'confirmed' || isBack(state);

export interface OpenShift {
  readonly number: number;
  readonly floatCents: number;
  readonly drawer: 'own' | 'elsewhere';
  readonly day: string;
  readonly openedAtMs: number;
  /** What was there before a first shift, as it stood when that was opened. */
  readonly before: readonly Held[];
  moves: { kind: 'paid-in' | 'paid-out'; cents: number }[];
}

export interface TenderTruth {
  readonly taken: number;
  readonly reversed: number;
  readonly late: number;
  /** What was taken, by where it stands. */
  readonly done: number;
  readonly waiting: number;
  readonly checking: number;
  readonly review: number;
}

/** What is so of a shift: at a moment while it is open, and for good once it was counted. */
export interface Truth {
  readonly number: number;
  readonly day: string;
  readonly floatCents: number;
  readonly drawer: 'own' | 'elsewhere';
  readonly lines: Readonly<Record<LineName, Sums>>;
  readonly net: Sums;
  readonly tenders: ReadonlyMap<string | null, TenderTruth>;
  /** What money moved by each way to pay since the shift before was counted, added up as it happened. */
  readonly flows: ReadonlyMap<string | null, number>;
  /** What each person took, reversals off. */
  readonly persons: ReadonlyMap<string, Sums>;
  /** Net of what the other till's papers, or papers of before, brought: each told once to an owner. */
  readonly brought: Sums;
  /** By the judge's count; null where it was not counted. */
  readonly counted: ReadonlyMap<string, number> | null;
}

/** What one till's records should say; a restore takes it back to what the backup had. */
export interface TillBook {
  readonly held: Map<string, Held>;
  /** Money by way to pay since the last count. */
  flows: Map<string | null, number>;
  open: OpenShift | null;
  /** The last count that was committed of the open shift, with what is told of it from then on. */
  cut: Cut | null;
  readonly closed: Map<number, Truth>;
  lastNumber: number;
  lastZAtMs: number;
  everOpened: boolean;
}

/** What a count has frozen. */
export interface Cut {
  readonly truth: Truth;
  readonly states: ReadonlyMap<string, EntryState>;
  readonly flows: ReadonlyMap<string | null, number>;
  readonly atMs: number;
  readonly isSecond: boolean;
  leadsTo: 'close' | 'recount' | 'reason';
}

export const emptyBook = (): TillBook => ({
  ...{ held: new Map(), flows: new Map(), open: null, cut: null, closed: new Map() },
  ...{ lastNumber: 0, lastZAtMs: 0, everOpened: false },
});

export const flow = (book: TillBook, tender: string | null, cents: number): void => {
  book.flows.set(tender, (book.flows.get(tender) ?? 0) + cents);
};

const plus = (one: Sums, other: Sums, sign = 1): Sums => ({
  entries: one.entries + other.entries,
  cents: one.cents + sign * other.cents,
  bonus: one.bonus + sign * other.bonus,
  points: one.points + sign * other.points,
});

export const sumsOf = ({ asked: { cents, bonus, points } }: Held): Sums => ({
  entries: 1,
  cents,
  bonus,
  points,
});

export const addUp = (all: Iterable<Held>, sign = 1): Sums => {
  let sum = nothing;
  for (const one of all) sum = plus(sum, sumsOf(one), sign);
  return sum;
};

/** From when on money of a paper was in the drawer of the open shift. */
const sinceMs = ({ lastZAtMs, open }: TillBook): number =>
  lastZAtMs === 0 ? (open?.openedAtMs ?? 0) : lastZAtMs;

/** Whose money it is, as long as no Z has said it. */
export function lineNow(book: TillBook, till: TillName, { asked, paper }: Held): Line {
  if (asked.isCorrection) return 'correction';
  if (paper === null) return 'sale';
  return paper === till && asked.atMs >= sinceMs(book) ? 'sale' : 'taken-up';
}

const backOf = (all: readonly Held[]): readonly Held[] => all.filter(({ state }) => isBack(state));
const isReversal = ({ asked }: Held): boolean => asked.kind === 'reversal';
const where = {
  confirmed: 'done',
  queued: 'waiting',
  sending: 'waiting',
  unknown: 'checking',
  review: 'review',
} as const;

interface Parts {
  /** Entered since the shift before was counted. */
  readonly here: readonly Held[];
  /** Earlier shifts' entries, settled since. */
  readonly late: readonly Held[];
  readonly before: readonly Held[];
}

function linesOf({ here, late, before }: Parts, { moves }: OpenShift): Truth['lines'] {
  const of = (line: Line) => here.filter((one) => one.line === line);
  const sales = of('sale');
  const held = sales.filter(({ state }) => !isBack(state));
  const beside = (line: Line): Sums => {
    const undone = late.filter((one) => one.line === line && isBack(one.state));
    const less = { ...addUp(undone, -1), entries: -undone.length };
    return plus(addUp(of(line).filter(({ state }) => !isBack(state))), less);
  };
  const open = here.filter(({ state }) => !isSettled(state));
  const ofMoves = (kind: 'paid-in' | 'paid-out'): Sums => {
    const all = moves.filter((move) => move.kind === kind);
    return { ...nothing, entries: all.length, cents: all.reduce((sum, { cents }) => sum + cents, 0) };
  };
  const unsettled = addUp(open.filter(({ line }) => line !== 'correction'));
  return {
    taken: addUp(held.filter((one) => !isReversal(one))),
    reversed: addUp(held.filter(isReversal), -1),
    late: addUp(late.filter(({ line, state }) => line === 'sale' && isBack(state))),
    // What was no money of this drawer is entries alone.
    cancelled: { ...addUp(backOf(sales)), entries: backOf(here).length },
    unsettled: { ...unsettled, entries: open.length },
    ...{ corrections: beside('correction'), takenUp: beside('taken-up') },
    paidIn: ofMoves('paid-in'),
    paidOut: ofMoves('paid-out'),
    before: addUp(before.filter(({ state }) => !isBack(state))),
  };
}

function tendersOf({ here, late }: Parts): Truth['tenders'] {
  const found = new Map<string | null, TenderTruth>();
  const none = { taken: 0, reversed: 0, late: 0, done: 0, waiting: 0, checking: 0, review: 0 };
  const add = (tender: string | null, part: keyof TenderTruth, cents: number) => {
    const before = found.get(tender) ?? none;
    found.set(tender, { ...before, [part]: before[part] + cents });
  };
  for (const one of here) {
    const { tender, cents } = one.asked;
    if (one.line !== 'sale' || isBack(one.state)) continue;
    if (isReversal(one)) add(tender, 'reversed', -cents);
    else {
      add(tender, 'taken', cents);
      add(tender, where[one.state as keyof typeof where], cents);
    }
  }
  for (const { line, state, tender, asked } of late)
    if (line === 'sale' && isBack(state)) add(tender, 'late', asked.cents);
  return found;
}

function personsOf({ here }: Parts): Truth['persons'] {
  const found = new Map<string, Sums>();
  for (const one of here) {
    if (one.line !== 'sale' || isBack(one.state)) continue;
    // A paper has the name alone.
    const person = one.paper === null ? one.asked.person : 'null';
    found.set(person, plus(found.get(person) ?? nothing, sumsOf(one)));
  }
  return found;
}

/** What is so of the open shift now; `withoutCash` as long as whoever counts is not to know. */
export function truthNow(
  book: TillBook,
  till: TillName,
  counted: Truth['counted'],
  withoutCash = false,
): Truth {
  const { open } = book;
  if (open === null) throw new Error('no shift is open');
  const all = [...book.held.values()];
  const here = all
    .filter(({ shift }) => shift === null)
    .map((one) => {
      const line = lineNow(book, till, one);
      return { ...one, line, tender: line === 'sale' ? one.asked.tender : null };
    });
  const late = all
    .filter(({ isFollowed, state }) => isFollowed && isSettled(state))
    // What a Z told by its way to pay was in this drawer.
    .map((one) => ({
      ...one,
      line: one.line === 'taken-up' && one.tender !== null ? ('sale' as const) : one.line,
    }));
  const isTold = ({ tender }: Held) => !withoutCash || tender !== 'cash';
  const before = open.before.filter(({ asked }) => !withoutCash || asked.tender !== 'cash');
  const parts = { here: here.filter(isTold), late: late.filter(isTold), before };
  const lines = linesOf(parts, open);
  const { taken, reversed } = lines;
  const net = plus(plus(taken, reversed, -1), { ...lines.late, entries: 0 }, -1);
  const isBrought = ({ line, state }: Held) => line === 'taken-up' && !isBack(state);
  const back = late.filter(({ line, state }) => line === 'taken-up' && isBack(state));
  return {
    ...{ number: open.number, day: open.day, floatCents: open.floatCents, drawer: open.drawer },
    ...{ lines, net, tenders: tendersOf(parts), persons: personsOf(parts), counted },
    // What is given back late was entered all the same.
    brought: plus(addUp(here.filter(isBrought)), { ...addUp(back), entries: 0 }, -1),
    flows: new Map(book.flows),
  };
}

/** What is to be in the drawer by what was put in and taken out, one after the other. */
export const expectedCash = ({ floatCents, flows, lines }: Truth): number =>
  floatCents + (flows.get('cash') ?? 0) + lines.paidIn.cents - lines.paidOut.cents;

/** Freezes what a count was held against. */
export const cutNow = (book: TillBook, till: TillName, counted: Truth['counted'], atMs: number): Cut => ({
  truth: truthNow(book, till, counted),
  states: new Map([...book.held].map(([id, { state }]) => [id, state])),
  flows: new Map(book.flows),
  ...{ atMs, isSecond: book.cut !== null, leadsTo: 'close' },
});

/** The shift is closed with what was frozen: what came since is the next one's. */
export function closeWith(book: TillBook, till: TillName, { truth, states, flows, atMs }: Cut): void {
  for (const [id, state] of states) {
    const one = book.held.get(id);
    if (one === undefined) continue;
    if (one.shift === null) {
      one.line = lineNow(book, till, one);
      one.shift = truth.number;
      one.tender = one.line === 'sale' ? one.asked.tender : null;
      one.isFollowed = !isSettled(state);
    } else if (one.isFollowed && isSettled(state)) one.isFollowed = false;
  }
  for (const [tender, cents] of flows) flow(book, tender, -cents);
  book.closed.set(truth.number, truth);
  Object.assign(book, { lastNumber: truth.number, lastZAtMs: atMs, open: null, cut: null });
}
