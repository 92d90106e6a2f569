import { addUp as addUpFound, type FoundSums } from '../../preload/contract/index.ts';
import { countedOf } from '../../renderer/day/find/sums.ts';
import { anything } from '../kit/find.ts';
import { isOnPaper, type LineName } from './book.ts';
import { addUp, type Held, isBack, isSettled, type Line, type Sums } from './held.ts';
import { centsOf, must, pointsOf, refresh, type Shop, wrong } from './shop.ts';
import type { TillName } from './world.ts';

// Entries by whatever is known of them, whenever they were entered, and what they come to.

/** An entry, and no money. */
export const withoutSums = (one: Held): Held => ({
  ...one,
  asked: { ...one.asked, cents: 0, bonus: 0, points: 0 },
});

/** Its line where entries are looked for: this till's own papers are its own sales, whenever they were entered. */
export const foundLine = (till: TillName, { paper }: Held): Line =>
  paper === null || paper === till ? 'sale' : 'taken-up';

export const foundNames = [
  'taken',
  'reversed',
  'cancelled',
  'unsettled',
  'takenUp',
] as const satisfies readonly LineName[];

/** What entries come to line by line, wherever each was entered, and what is left of the sales. */
export function foundLines(
  till: TillName,
  of: readonly Held[],
): { readonly lines: Readonly<Record<(typeof foundNames)[number], Sums>>; readonly net: Sums } {
  const isLine = (line: string) => (one: Held) => foundLine(till, one) === line;
  const isBackwards = ({ asked }: Held) => asked.kind === 'reversal';
  const [held, back] = [of.filter(({ state }) => !isBack(state)), of.filter(({ state }) => isBack(state))];
  const sales = held.filter(isLine('sale'));
  return {
    lines: {
      taken: addUp(sales.filter((one) => !isBackwards(one))),
      reversed: addUp(sales.filter(isBackwards), -1),
      cancelled: { ...addUp(back.filter(isLine('sale'))), entries: back.length },
      unsettled: addUp(held.filter(({ state }) => !isSettled(state))),
      takenUp: addUp(held.filter(isLine('taken-up'))),
    },
    net: addUp(sales),
  };
}

/** As whoever looks for entries reads their sums. */
function foundTruth(till: TillName, of: readonly Held[]) {
  const { lines } = foundLines(till, of);
  const whole = ({ cents, bonus }: Sums): number => cents + bonus;
  return {
    ...{ entries: of.length, in: lines.taken.cents, bonus: lines.taken.bonus, points: lines.taken.points },
    ...{ takenBack: whole(lines.reversed), takenUp: whole(lines.takenUp) },
    ...{ open: whole(lines.unsettled), without: lines.cancelled.entries },
  };
}

async function foundSums(shop: Shop, till: TillName, filter: object): Promise<readonly FoundSums[]> {
  const all: FoundSums[] = [];
  for (let before: number | null = null; ; ) {
    const found: { sums: FoundSums[]; next: number | null } = await must(shop, till, 'find:sums', {
      filter: { ...anything, ...filter },
      before,
    });
    all.push(...found.sums);
    if (found.next === null) return addUpFound(all);
    before = found.next;
  }
}

async function checkFound(shop: Shop, till: TillName, filter: object, of: readonly Held[]): Promise<void> {
  const told = countedOf(await foundSums(shop, till, filter));
  const truth = foundTruth(till, of);
  for (const [name, is] of Object.entries(truth)) {
    const value = told[name as keyof typeof told];
    const says = typeof value === 'number' ? value : name === 'points' ? pointsOf(value) : centsOf(value);
    if (says !== is)
      wrong(shop, `${till} found ${JSON.stringify(filter)}: ${name} is told as ${says}, and is ${is}`);
  }
}

/** What somebody looks for, and which entries that is. */
export interface Looked {
  readonly filter: object;
  readonly of: readonly Held[];
}

/** By way to pay, by kind, by shift, and what was given back after a paper. */
export function looksOf(
  shop: Shop,
  till: TillName,
): Readonly<Record<'all' | 'cash' | 'card' | 'reversals' | 'last shift' | 'after a paper', Looked>> {
  const book = shop.books[till];
  const all = [...book.held.values()];
  const paidBy = (tender: string): Looked => ({
    ...{ filter: { tender }, of: all.filter(({ asked }) => asked.tender === tender) },
  });
  const last = book.lastNumber;
  return {
    all: { filter: {}, of: all },
    ...{ cash: paidBy('cash'), card: paidBy('card') },
    reversals: { filter: { kind: 'reversal' }, of: all.filter(({ asked }) => asked.kind === 'reversal') },
    'last shift':
      last === 0
        ? { filter: {}, of: all }
        : { filter: { shift: last }, of: all.filter(({ shift }) => shift === last) },
    'after a paper': {
      filter: { state: 'afterPaper' },
      of: all.filter((one) => isBack(one.state) && isOnPaper(book, one)),
    },
  };
}

/** Sums of what is looked for. */
export async function checkFind(shop: Shop, till: TillName): Promise<void> {
  refresh(shop, till);
  for (const { filter, of } of Object.values(looksOf(shop, till))) await checkFound(shop, till, filter, of);
}
