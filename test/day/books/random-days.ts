import type { EntryState, ImportedEntry, ShiftReport } from '../../../preload/contract/index.ts';
import { type Prng, prngOf } from '../../simulation/prng.ts';
import { CashBook, type Entry } from './cash-book.ts';
import { FLOAT, isOpen, listedOf, type Made, type Shift, type Till, zOf } from './made-z.ts';

// Days of a shop with three tills, one of which dies: its receipts go on at the others. What should be in the books is
// written down beside their Zs, entry by entry.

const isBack = (state: EntryState): boolean => state === 'rejected' || state === 'cancelled';
const fateOf = (state: EntryState) => (isOpen(state) ? 'open' : isBack(state) ? 'back' : 'sent');

const ways = ['cash', 'cash', 'cash', 'card', 'qr', 'own:Voucher', null] as const;
const counted = ['cash', 'card', 'qr', 'own:Voucher'] as const;
const openStates = ['queued', 'unknown', 'review'] as const satisfies readonly EntryState[];

function stateOf(prng: Prng, confirmed: number, open: number): EntryState {
  const at = prng.unit();
  if (at < confirmed) return 'confirmed';
  return at < confirmed + open ? prng.pick(openStates) : prng.pick(['rejected', 'cancelled'] as const);
}

function drawEntry(prng: Prng, till: Till): Made {
  till.sequence += 1;
  const kind = prng.pick(['top-up', 'top-up', 'top-up', 'top-up', 'reversal', 'award'] as const);
  const isReversal = kind === 'reversal';
  const sign = isReversal ? -1 : 1;
  const isAward = kind === 'award';
  return {
    id: `${till.name} ${till.sequence}`,
    sequence: till.sequence,
    line: 'sale',
    isReversal,
    tender: isAward ? null : prng.pick(ways),
    cents: isAward ? 0 : sign * prng.between(1, prng.chance(0.05) ? 10_000_000 : 30_000),
    bonus: sign * (prng.chance(0.4) ? prng.between(1, 5_000) : 0),
    points: sign * prng.between(0, 50),
    state: stateOf(prng, 0.8, 0.12),
  };
}

const some = <T>(length: number, make: () => T): T[] => Array.from({ length }, make);

const DAY_MS = 86_400_000;

/** Days of business from the first of 2024. */
export const dayOf = (at: number): string =>
  new Date(Date.parse('2024-01-01T00:00:00Z') + at * DAY_MS).toISOString().slice(0, 10);

function openTill(name: string, letter: string): Till {
  const of = letter.repeat(16);
  return { name, tillId: of, epoch: of, number: 0, sequence: 0, followed: [], inbox: [] };
}

/** A till of which no Z is here; only its receipts are. */
const gone = openTill('Gone', 'd');

export class RandomShop {
  readonly zs: ShiftReport[] = [];
  /** Cents by day and account. */
  readonly book = new CashBook();
  readonly #homes = new Map<string, Entry>();
  readonly #prng: Prng;
  readonly #tills = [
    openTill('Counter 1', 'a'),
    openTill('Counter 2', 'b'),
    openTill('Counter 3', 'c'),
  ] as const;

  constructor(seed: number, days: number) {
    this.#prng = prngOf('books', seed);
    for (let at = 0; at < days; at += 1)
      for (const till of this.#tills) {
        if (till === this.#dead && at > days / 2) continue;
        if (this.#prng.chance(0.92)) this.#closeDay(till, dayOf(at), at);
      }
  }

  get #dead(): Till {
    return this.#tills[2];
  }

  #enter(till: Till, day: string, entry: Made): void {
    this.#homes.set(entry.id, entry);
    if (entry.line !== 'sale' || isBack(entry.state)) return;
    this.book.stand(day, entry, { held: entry.cents, fate: fateOf(entry.state) });
    // Somebody keeps the receipt of what is open, and shows it at another till.
    const [one, other] = this.#tills;
    if (isOpen(entry.state) && this.#prng.chance(till === this.#dead ? 0.6 : 0.1))
      (till === one ? other : one).inbox.push({ entry, from: till });
  }

  #enterBefore(till: Till, day: string): readonly Made[] {
    const entries = some(4, () => drawEntry(this.#prng, till));
    for (const entry of entries)
      if (entry.line === 'sale' && !isBack(entry.state))
        this.book.stand(day, entry, { held: entry.cents, fate: fateOf(entry.state) }, 'before');
    const open = entries.filter(({ state }) => isOpen(state));
    till.followed.push(...open.map((entry) => ({ entry: { ...entry }, shift: 0, was: entry.state })));
    return entries;
  }

  /** A till hears the end of an entry, its own or one that a receipt brought. */
  #end(day: string, entry: Made, isHome: boolean): void {
    const home = this.#homes.get(entry.id) ?? entry;
    const { held, fate } = this.book.standOf(home);
    const heard = fateOf(entry.state);
    // Sent by anybody is sent, and dropped by anybody is not open.
    const isOver = fate === 'sent' || (heard === 'open' && fate !== 'none');
    this.book.stand(day, home, {
      held: isHome && heard === 'back' ? 0 : held,
      fate: isOver ? fate : heard,
    });
  }

  /** What was sold before is in no drawer that is counted; what is given back of it leaves this one. */
  #endBefore(day: string, { cents, bonus, tender, state }: Made): void {
    this.book.add(day, 'unsettled', cents);
    if (isBack(state)) this.book.add(day, `way: ${tender ?? 'none'}`, -cents);
    else {
      this.book.add(day, 'promotion', bonus);
      this.book.add(day, 'members', -cents - bonus);
    }
  }

  #settle(till: Till, day: string): void {
    for (const { entry, shift } of till.followed) {
      if (this.#prng.chance(0.4)) continue;
      entry.state = stateOf(this.#prng, 0.7, 0);
      if (shift === 0) this.#endBefore(day, entry);
      else this.#end(day, entry, entry.line === 'sale');
    }
  }

  #import(till: Till, day: string, at: number) {
    const foreign = this.#prng.chance(0.02)
      ? [{ entry: drawEntry(this.#prng, { ...gone, sequence: at * 10 + till.number }), from: gone }]
      : [];
    const all = [...till.inbox.splice(0), ...foreign].filter(({ entry }) => entry.line === 'sale');
    return all.map(({ entry, from }): { here: Made; told: ImportedEntry } => {
      till.sequence += 1;
      const state = stateOf(this.#prng, 0.7, 0.2);
      const here: Made = { ...entry, sequence: till.sequence, line: 'taken-up', tender: null, state };
      // What is dropped as it comes was never there.
      if (from !== gone || !isBack(state)) this.#end(day, here, false);
      const { settledAtMs: _, sequence: __, ...listed } = listedOf(here, at);
      const { name, tillId, epoch } = from;
      const original = { till: name, tillId, epoch, reference: String(entry.sequence) };
      return { here, told: { ...listed, original } };
    });
  }

  #moves(day: string): Shift['moves'] {
    return some(this.#prng.below(3), () => {
      const move = { isIn: this.#prng.chance(0.5), cents: this.#prng.between(1, 20_000) };
      const sum = move.isIn ? move.cents : -move.cents;
      this.book.add(day, 'way: cash', sum);
      this.book.add(day, move.isIn ? 'paidIn' : 'paidOut', -sum);
      return move;
    });
  }

  #count(day: string): Shift['off'] {
    const off = new Map<string, number>();
    for (const tender of counted) {
      if (!this.#prng.chance(tender === 'cash' ? 0.9 : 0.5)) continue;
      const cents = this.#prng.chance(0.3) ? this.#prng.between(-900, 900) : 0;
      off.set(tender, cents);
      this.book.add(day, `way: ${tender}`, cents);
      this.book.add(day, cents < 0 ? 'short' : 'over', -cents);
    }
    return off;
  }

  #closeDay(till: Till, day: string, at: number): void {
    till.number += 1;
    const inWays = () =>
      new Map(counted.map((tender) => [tender, this.book.on(day).get(`way: ${tender}`) ?? 0]));
    const was = inWays();
    const before = till.number === 1 ? this.#enterBefore(till, day) : [];
    this.#settle(till, day);
    const sold = some(this.#prng.below(9), () => drawEntry(this.#prng, till));
    for (const entry of sold) this.#enter(till, day, entry);
    const brought = this.#import(till, day, at);
    const moves = this.#moves(day);
    const expected = new Map(
      [...inWays()].map(([tender, cents]) => [
        tender,
        cents - (was.get(tender) ?? 0) + (tender === 'cash' ? FLOAT : 0),
      ]),
    );
    const off = this.#count(day);
    const entered = [...sold, ...brought.map(({ here }) => here)];
    const imported = brought.map(({ told }) => told);
    this.zs.push(zOf(till, day, { entered, imported, before, moves, off, expected }));
    const left = entered.filter(({ state }) => isOpen(state));
    till.followed = [
      ...till.followed.filter(({ entry }) => isOpen(entry.state)),
      ...left.map((entry) => ({ entry: { ...entry }, shift: till.number, was: entry.state })),
    ];
  }
}
