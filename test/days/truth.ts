import { isOnPaper, lineNow, type OpenShift, type TenderTruth, type TillBook, type Truth } from './book.ts';
import { addUp, type Held, isBack, isSettled, type Line, nothing, plus, type Sums, sumsOf } from './held.ts';
import { openingsOf, quietLines } from './quiet.ts';
import type { TillName } from './world.ts';

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

type MoneyLines = Omit<Truth['lines'], keyof ReturnType<typeof quietLines>>;

function linesOf({ here, late, before }: Parts, { moves }: OpenShift): MoneyLines {
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
  return {
    taken: addUp(held.filter((one) => !isReversal(one))),
    reversed: addUp(held.filter(isReversal), -1),
    late: addUp(late.filter(({ line, state }) => line === 'sale' && isBack(state))),
    // What was no money of this drawer is entries alone.
    cancelled: { ...addUp(backOf(sales)), entries: backOf(here).length },
    unsettled: addUp(open),
    takenUp: beside('taken-up'),
    paidIn: ofMoves('paid-in'),
    paidOut: ofMoves('paid-out'),
    before: addUp(before.filter(({ state }) => !isBack(state))),
  };
}

/** What is given back late was entered all the same. */
export const netOf = ({ taken, reversed, late }: Pick<Truth['lines'], 'taken' | 'reversed' | 'late'>): Sums =>
  plus(plus(taken, reversed, -1), { ...late, entries: 0 }, -1);

const HOUR_MS = 3_600_000;
/** The store is eight hours ahead. */
const AHEAD_HOURS = 8;

function hoursOf({ here }: Parts): Truth['hours'] {
  const found = new Map<number, Sums>();
  for (const one of here) {
    if (one.line !== 'sale' || isBack(one.state)) continue;
    const hour = (Math.floor(one.asked.atMs / HOUR_MS) + AHEAD_HOURS) % 24;
    found.set(hour, plus(found.get(hour) ?? nothing, sumsOf(one)));
  }
  return found;
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
  const money = linesOf(parts, open);
  const afterPaper = [...parts.here, ...parts.late].filter(
    (one) => isBack(one.state) && isOnPaper(book, one),
  );
  const inDrawer = (book.flows.get('cash') ?? 0) + money.paidIn.cents - money.paidOut.cents;
  const lines = { ...money, ...quietLines(book, open, { afterPaper, inDrawer }) };
  const isOfPaper = ({ line }: Held) => line === 'taken-up';
  const brought = here.filter((one) => isOfPaper(one) && !isBack(one.state));
  return {
    ...{ number: open.number, day: open.day, floatCents: open.floatCents, drawer: open.drawer },
    ...{
      lines,
      net: netOf(lines),
      tenders: tendersOf(parts),
      persons: personsOf(parts),
      hours: hoursOf(parts),
      counted,
    },
    ...{ openings: openingsOf(book, withoutCash), found: book.countedLast, afterPaper },
    changed: here.filter(({ tenderChanges }) => tenderChanges > 0),
    arrived: {
      confirmed: here.filter(({ state }) => state === 'confirmed').length,
      notYet: here.filter(({ state }) => !isSettled(state)).length,
    },
    brought: {
      taken: addUp(brought.filter((one) => !isReversal(one))),
      reversed: addUp(brought.filter(isReversal), -1),
      late: addUp(late.filter((one) => isOfPaper(one) && isBack(one.state))),
    },
    flows: new Map(book.flows),
  };
}

/** What is to be in the drawer by what was put in and taken out, one after the other. */
export const expectedCash = ({ floatCents, flows, lines }: Truth): number =>
  floatCents + (flows.get('cash') ?? 0) + lines.paidIn.cents - lines.paidOut.cents;
