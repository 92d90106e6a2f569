import {
  type LineName,
  type Opening,
  type OpenShift,
  openedNames,
  type TillBook,
  type Truth,
} from './book.ts';
import { addUp, type Held, isBack, nothing, plus, type Sums } from './held.ts';

// What a cashier can do quietly, and nothing is off: each stands on the report, and moves no money of it.

type QuietLine = 'afterPaper' | 'uncounted' | 'toBank' | 'putIn' | (typeof openedNames)[number];

const once = (cents: number): Sums => ({ ...nothing, entries: 1, cents });
const unlessNothing = (cents: number): Sums => (cents === 0 ? nothing : once(cents));

function openedBy({ held }: TillBook, opening: Opening): { readonly line: LineName; readonly cents: number } {
  if (opening.cause === 'no-sale') return { line: 'openedNoSale', cents: 0 };
  if (opening.cause !== 'entry')
    return { line: opening.cause === 'paid-in' ? 'openedPaidIn' : 'openedPaidOut', cents: opening.cents };
  const one = held.get(opening.id);
  if (one === undefined) throw new Error('the drawer was opened for an entry that is not there');
  const { kind, cents } = one.asked;
  // What was given back since says so, whatever it was.
  if (isBack(one.state)) return { line: 'openedCancelled', cents };
  return kind === 'reversal' ? { line: 'openedReversal', cents: -cents } : { line: 'openedSale', cents };
}

function openedLines(book: TillBook): Readonly<Record<(typeof openedNames)[number], Sums>> {
  const lines = Object.fromEntries(openedNames.map((name) => [name, nothing])) as Record<LineName, Sums>;
  for (const opening of book.openings) {
    const { line, cents } = openedBy(book, opening);
    lines[line] = plus(lines[line], once(cents));
  }
  return lines;
}

/** What the float differs by from what was counted last; it is in this drawer, or there is none. */
const leftOf = ({ countedLast: { cents } }: TillBook, { drawer, floatCents }: OpenShift): number =>
  drawer === 'elsewhere' || cents === null ? 0 : cents - floatCents;

/** Lines that stand beside the money of a shift. `inDrawer` is what is to be in its drawer beside the float. */
export function quietLines(
  book: TillBook,
  open: OpenShift,
  { afterPaper, inDrawer }: { readonly afterPaper: readonly Held[]; readonly inDrawer: number },
): Readonly<Record<QuietLine, Sums>> {
  const left = leftOf(book, open);
  return {
    afterPaper: addUp(afterPaper),
    uncounted: open.drawer === 'elsewhere' ? unlessNothing(inDrawer) : nothing,
    toBank: left > 0 ? once(left) : nothing,
    putIn: left < 0 ? once(-left) : nothing,
    ...openedLines(book),
  };
}

/** How often each person opened the drawer; where nothing of cash is told, only without a sale. */
export function openingsOf({ openings }: TillBook, isBlind: boolean): Truth['openings'] {
  const found = new Map<string, number>();
  for (const { cause, person } of openings)
    if (!isBlind || cause === 'no-sale') found.set(person, (found.get(person) ?? 0) + 1);
  return found;
}
