import type { FigureGroup, ListedEntry } from '../../../main/day/shifts/figures.ts';
import { xReport, zReport } from '../../../main/day/shifts/report.ts';
import type { OpenShift, Tracked } from '../../../main/day/shifts/shift-record.ts';
import { fromScaled } from '../../../main/kernel/scaled.ts';
import {
  type Amount,
  amount,
  type EntryState,
  type ImportedEntry,
  type ShiftCell,
  type ShiftReport,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { type Prng, prngOf } from '../../simulation/prng.ts';
import { add, CashBook, type Entry } from './cash-book.ts';

// Days of a shop with three tills, one of which dies: its receipts go on at the others. Each till's Zs are made as the
// till makes them, and what should be in the books is written down beside it, entry by entry.

interface Made extends Entry {
  readonly sequence: number;
  readonly line: 'sale' | 'correction' | 'taken-up';
  readonly isReversal: boolean;
  readonly points: number;
  state: EntryState;
}

interface Followed {
  readonly entry: Made;
  readonly shift: number;
  readonly was: EntryState;
}

interface Till {
  readonly name: string;
  readonly tillId: string;
  readonly epoch: string;
  number: number;
  sequence: number;
  followed: Followed[];
  /** Of other tills, to be imported at the next shift. */
  inbox: { readonly entry: Made; readonly from: Till | null }[];
}

const isBack = (state: EntryState): boolean => state === 'rejected' || state === 'cancelled';
const isOpen = (state: EntryState): boolean => state !== 'confirmed' && !isBack(state);
const fateOf = (state: EntryState) => (isOpen(state) ? 'open' : isBack(state) ? 'back' : 'sent');

export const money = (cents: number): Amount => fromScaled(String(cents * 100));

const ways = ['cash', 'cash', 'cash', 'card', 'qr', 'own:Voucher', null] as const;
const openStates = ['queued', 'unknown', 'review'] as const satisfies readonly EntryState[];

function stateOf(prng: Prng, confirmed: number, open: number): EntryState {
  const at = prng.unit();
  if (at < confirmed) return 'confirmed';
  return at < confirmed + open ? prng.pick(openStates) : prng.pick(['rejected', 'cancelled'] as const);
}

function drawEntry(prng: Prng, till: Till): Made {
  till.sequence += 1;
  const kind = prng.pick([
    'top-up',
    'top-up',
    'top-up',
    'top-up',
    'reversal',
    'award',
    'correction',
  ] as const);
  const isReversal = kind === 'reversal' || (kind === 'correction' && prng.chance(0.5));
  const sign = isReversal ? -1 : 1;
  const isAward = kind === 'award';
  return {
    id: `${till.name} ${till.sequence}`,
    sequence: till.sequence,
    line: kind === 'correction' ? 'correction' : 'sale',
    isReversal,
    tender: isAward || kind === 'correction' ? null : prng.pick(ways),
    cents: isAward ? 0 : sign * prng.between(1, prng.chance(0.05) ? 10_000_000 : 30_000),
    bonus: sign * (prng.chance(0.4) ? prng.between(1, 5_000) : 0),
    points: sign * prng.between(0, 50),
    state: stateOf(prng, 0.8, 0.12),
  };
}

const sumsOf = ({ cents, bonus, points }: Made) => ({
  principal: money(cents),
  bonus: money(bonus),
  points: amount(String(points)),
});

const groupOf = (one: Made): FigureGroup => {
  const { line, state, tender, isReversal } = one;
  return {
    cashier: 'Mei',
    personId: null,
    hour: 9,
    entries: 1,
    line,
    state,
    tender,
    isReversal,
    ...sumsOf(one),
  };
};

const listedOf = (one: Made, atMs: number): ListedEntry => {
  const { id, sequence, line, state, tender } = one;
  const named = { id, reference: String(sequence), atMs, memberName: 'Tan', cashier: 'Mei' };
  return {
    ...named,
    sequence,
    line,
    tender,
    state,
    settledAtMs: isOpen(state) ? null : atMs,
    ...sumsOf(one),
  };
};

const cellOf = (one: Made): ShiftCell => {
  const { hour: _, ...cell } = groupOf(one);
  return { ...cell, cashier: '' };
};

export interface MadeDays {
  readonly zs: readonly ShiftReport[];
  /** Cents by day and account. */
  readonly book: CashBook;
}

const DAY_MS = 86_400_000;

function openTill(name: string, letter: string): Till {
  const of = letter.repeat(16);
  return { name, tillId: of, epoch: of, number: 0, sequence: 0, followed: [], inbox: [] };
}

/** What a shift has, of which its Z is made. */
interface Shift {
  readonly entered: readonly Made[];
  readonly imported: readonly ImportedEntry[];
  readonly before: readonly Made[];
  readonly moves: readonly { readonly isIn: boolean; readonly cents: number }[];
  /** Counted less expected, by way to pay; those that are not here were not counted. */
  readonly off: ReadonlyMap<string, number>;
  readonly expected: ReadonlyMap<string, number>;
}

const FLOAT = 10_000;

function zOf(till: Till, day: string, shift: Shift): ShiftReport {
  const { number, name, tillId, epoch } = till;
  const atMs = Date.parse(`${day}T13:00:00Z`) + number;
  const { entered, before, off, expected } = shift;
  const counted = (tender: string) => (expected.get(tender) ?? 0) + (off.get(tender) ?? 0);
  const first = entered[0]?.sequence ?? till.sequence + 1;
  const open: OpenShift = {
    id: `${name} Z ${number}`,
    ...{ number, fromSequence: first, openedAtMs: atMs - DAY_MS / 3, openedBy: 'Mei', openedAtRow: 1 },
    ...{ businessDay: day, float: money(FLOAT), drawer: off.has('cash') ? 'own' : 'elsewhere' },
    opening: { counted: null, shift: null, uncounted: zeroAmount },
    moves: shift.moves.map(({ isIn, cents }, place) => ({
      ...{ id: `m${place}`, kind: isIn ? 'paid-in' : 'paid-out', amount: money(cents), reason: 'Coins' },
      ...{ who: 'Mei', approvedBy: null, atMs },
    })),
    ...{ newestMs: atMs, clockBack: null, isCounting: false, counted: null, drill: null, isFromCopy: false },
    ...(before.length === 0 ? {} : { before: before.map(cellOf) }),
  };
  const tracked = till.followed.map(({ entry, shift: of, was }): Tracked => {
    const { sequence, tender, line } = entry;
    return { sequence, shift: of, was, tender, line };
  });
  const report = xReport({
    ...{ id: open.id, shift: open, tracked, nowMs: atMs, endsAtMinute: 240 },
    reckoned: {
      ...{ groups: entered.map(groupOf), openings: [], afterPaper: [], row: 1 },
      unsettled: entered.filter(({ state }) => isOpen(state)).map((one) => listedOf(one, atMs)),
      takenUp: shift.imported,
      earlier: till.followed.map(({ entry }) => listedOf(entry, atMs)),
      ...{ toSequence: till.sequence, newestMs: atMs, restoredAtMs: [] },
      tenderChanges: { count: 0, listed: [] },
    },
    counts: [
      {
        count: {
          pieces: off.has('cash') ? [{ value: amount('0.01'), pieces: 1 }] : [],
          tenders: [...off.keys()]
            .filter((tender) => tender !== 'cash')
            .map((tender) => ({ tender, sum: money(counted(tender)) })),
        },
        ...{ who: 'Mei', atMs },
      },
    ],
    shop: {
      ...{ till: name, tillId, epoch, tillNumber: 1, tillCount: 3, currency: 'SGD' },
      ...{ storeTimeZone: 'Asia/Singapore', isPractice: false },
    },
  });
  return zReport(withCash(report, off.has('cash') ? counted('cash') : null), {
    ...{ id: open.id, nowMs: atMs, who: 'Mei', reason: null, approvedBy: null, clockBack: null, drill: null },
    by: { tillId, epoch },
  });
}

/** As if so many cents lay in the drawer: pieces cannot be below nought, and a day of reversals may leave that. */
const withCash = (report: ShiftReport, cents: number | null): ShiftReport => ({
  ...report,
  tenders: report.tenders.map((row) => {
    if (row.tender !== 'cash' || cents === null || row.expected === null) return row;
    const expected = Math.round(Number(row.expected) * 100);
    return { ...row, counted: money(cents), variance: money(cents - expected) };
  }),
});

/** Days of business from the first of 2024. */
export const dayOf = (at: number): string =>
  new Date(Date.parse('2024-01-01T00:00:00Z') + at * DAY_MS).toISOString().slice(0, 10);

export function drawDays(seed: number, days: number): MadeDays {
  const prng = prngOf('books', seed);
  const book = new CashBook();
  const zs: ShiftReport[] = [];
  const tills = [openTill('Counter 1', 'a'), openTill('Counter 2', 'b'), openTill('Counter 3', 'c')] as const;
  const [one, other, dead] = tills;
  const homeOf = new Map<string, Entry>();

  const enter = (till: Till, day: string, entry: Made) => {
    homeOf.set(entry.id, entry);
    if (entry.line !== 'sale' || isBack(entry.state)) return;
    book.stand(day, entry, { held: entry.cents, fate: fateOf(entry.state) });
    // Somebody keeps the receipt of what is open, and shows it at another till.
    if (isOpen(entry.state) && prng.chance(till === dead ? 0.6 : 0.1))
      (till === one ? other : one).inbox.push({ entry, from: till });
  };

  /** A till hears the end of an entry, its own or one that a receipt brought. */
  const end = (day: string, entry: Made, isHome: boolean) => {
    if (entry.line === 'correction') return;
    const home = homeOf.get(entry.id) ?? entry;
    const { held, fate } = book.standOf(home);
    const heard = fateOf(entry.state);
    const isRefunded = isHome && heard === 'back';
    // Sent by anybody is sent, and dropped by anybody is not open.
    const now = fate === 'sent' || heard === 'open' ? fate : heard;
    book.stand(day, home, { held: isRefunded ? 0 : held, fate: now === 'none' ? heard : now });
  };

  const importInto = (till: Till, day: string, at: number): readonly (readonly [Made, ImportedEntry])[] => {
    const foreign = prng.chance(0.02)
      ? [
          {
            entry: drawEntry(prng, { ...openTill('Gone', 'd'), sequence: at * 10 + till.number }),
            from: null,
          },
        ]
      : [];
    const all = [...till.inbox.splice(0), ...foreign].filter(({ entry }) => entry.line === 'sale');
    return all.map(({ entry, from }) => {
      till.sequence += 1;
      const state = stateOf(prng, 0.7, 0.2);
      const here: Made = { ...entry, sequence: till.sequence, line: 'taken-up', tender: null, state };
      if (from === null) {
        homeOf.set(here.id, here);
        if (isOpen(state) || state === 'confirmed') book.stand(day, here, { held: 0, fate: fateOf(state) });
      } else end(day, here, false);
      const { settledAtMs: _, sequence: __, ...listed } = listedOf(here, at);
      const { name, tillId, epoch } = from ?? openTill('Gone', 'd');
      const original = { till: name, tillId, epoch, reference: String(entry.sequence) };
      return [here, { ...listed, original }] as const;
    });
  };

  const closeDay = (till: Till, day: string, at: number) => {
    till.number += 1;
    const before = till.number === 1 ? Array.from({ length: 4 }, () => drawEntry(prng, till)) : [];
    for (const entry of before) {
      homeOf.set(entry.id, entry);
      if (entry.line === 'sale' && !isBack(entry.state))
        book.stand(day, entry, { held: entry.cents, fate: fateOf(entry.state) }, 'before');
    }
    const beforeOpen = before.filter(({ state }) => isOpen(state));
    till.followed.push(...beforeOpen.map((entry) => ({ entry: { ...entry }, shift: 0, was: entry.state })));
    for (const { entry } of till.followed) {
      if (prng.chance(0.4)) continue;
      entry.state = stateOf(prng, 0.7, 0);
    }
    const wayAt = (tender: string) => book.on(day).get(`way: ${tender}`) ?? 0;
    const tenders = ['cash', 'card', 'qr', 'own:Voucher'];
    const was = new Map(tenders.map((tender) => [tender, wayAt(tender)]));
    const settled = till.followed.filter(({ entry }) => !isOpen(entry.state));
    for (const { entry, shift } of settled) {
      if (entry.line === 'correction') continue;
      if (shift === 0) endBefore(book, day, entry);
      else end(day, entry, entry.line === 'sale');
    }
    const sold = Array.from({ length: prng.below(9) }, () => drawEntry(prng, till));
    for (const entry of sold) enter(till, day, entry);
    const imported = importInto(till, day, at);
    const moves = Array.from({ length: prng.below(3) }, () => {
      return { isIn: prng.chance(0.5), cents: prng.between(1, 20_000) };
    });
    for (const { isIn, cents } of moves) {
      add(book.on(day), 'way: cash', isIn ? cents : -cents);
      add(book.on(day), isIn ? 'paidIn' : 'paidOut', isIn ? -cents : cents);
    }
    const expected = new Map(
      tenders.map((tender) => [
        tender,
        wayAt(tender) - (was.get(tender) ?? 0) + (tender === 'cash' ? FLOAT : 0),
      ]),
    );
    const off = new Map(
      tenders
        .filter((tender) => prng.chance(tender === 'cash' ? 0.9 : 0.5))
        .map((tender) => [tender, prng.chance(0.3) ? prng.between(-900, 900) : 0]),
    );
    for (const [tender, cents] of off) {
      add(book.on(day), `way: ${tender}`, cents);
      add(book.on(day), cents < 0 ? 'short' : 'over', -cents);
    }
    const entered = [...sold, ...imported.map(([here]) => here)];
    zs.push(
      zOf(till, day, { entered, imported: imported.map(([, told]) => told), before, moves, off, expected }),
    );
    const left = entered.filter(({ state }) => isOpen(state));
    till.followed = [
      ...till.followed.filter(({ entry }) => isOpen(entry.state)),
      ...left.map((entry) => ({ entry: { ...entry }, shift: till.number, was: entry.state })),
    ];
  };

  for (let at = 0; at < days; at += 1)
    for (const till of tills) {
      if (till === dead && at > days / 2) continue;
      if (prng.chance(0.92)) closeDay(till, dayOf(at), at);
    }
  return { zs, book };
}

/** What was sold before a till's first shift is in no drawer that is counted; what is given back of it leaves this one. */
function endBefore(book: CashBook, day: string, entry: Made): void {
  const { cents, bonus, tender, state } = entry;
  add(book.on(day), 'unsettled', cents);
  if (isBack(state)) return add(book.on(day), `way: ${tender ?? 'none'}`, -cents);
  add(book.on(day), 'promotion', bonus);
  add(book.on(day), 'members', -cents - bonus);
}
