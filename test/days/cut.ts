import { type Cut, flow, lineNow, type TillBook, type Truth } from './book.ts';
import { isSettled } from './held.ts';
import { truthNow } from './truth.ts';
import type { TillName } from './world.ts';

/** Freezes what a count was held against. */
export const cutNow = (book: TillBook, till: TillName, counted: Truth['counted'], atMs: number): Cut => ({
  truth: truthNow(book, till, counted),
  states: new Map([...book.held].map(([id, { state }]) => [id, state])),
  flows: new Map(book.flows),
  openings: book.openings.length,
  atMs,
});

/** The shift is closed with what was frozen: what came since is the next one's. */
export function closeWith(book: TillBook, till: TillName, cut: Cut): void {
  const { truth, states, flows, openings, atMs } = cut;
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
  book.openings.splice(0, openings);
  const cash = truth.counted?.get('cash');
  const { uncounted } = book.countedLast;
  book.countedLast =
    cash === undefined
      ? { ...book.countedLast, uncounted: uncounted + truth.lines.uncounted.cents }
      : { cents: cash, shift: truth.number, uncounted: 0 };
  book.closed.set(truth.number, truth);
  Object.assign(book, { lastNumber: truth.number, lastZAtMs: atMs, open: null, cut: null });
}
