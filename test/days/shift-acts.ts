import { amount, type ShiftCount } from '../../preload/contract/index.ts';
import { closeWith, cutNow } from './cut.ts';
import { opened } from './drawer.ts';
import { topUp } from './entry-acts.ts';
import { isSettled } from './held.ts';
import { checkCount } from './look.ts';
import type { Counting, Of } from './plan.ts';
import {
  ask,
  boss,
  count,
  moneyOf,
  must,
  personOf,
  refresh,
  refreshAll,
  type Shop,
  sessionOf,
  wrong,
} from './shop.ts';
import { truthNow } from './truth.ts';
import type { TillName } from './world.ts';

export async function move(shop: Shop, { till, kind, cents, person }: Of<'move'>): Promise<void> {
  const { open, cut } = shop.books[till];
  const moved = await ask(
    shop,
    till,
    'shifts:move',
    { kind, amount: moneyOf(cents), reason: 'Coins', requestId: shop.uuid() },
    personOf(shop, person),
  );
  if (moved.ok !== (open !== null && cut === null)) wrong(shop, `${till}: ${kind} was ${moved.ok}`);
  if (!moved.ok || open === null) return;
  open.moves.push({ kind, cents });
  shop.boxes[till].cents += kind === 'paid-in' ? cents : -cents;
  count(shop, 'moves');
  if (shop.day.opensDrawer[till])
    await opened(shop, till, { cause: kind, cents, person: `person-${person}` });
}

export async function open(shop: Shop, { till, floatCents, drawer }: Of<'open'>): Promise<void> {
  const book = shop.books[till];
  const opened = await ask(shop, till, 'shifts:open', { float: moneyOf(floatCents), drawer });
  if (opened.ok !== (book.open === null)) wrong(shop, `${till}: opening was ${opened.ok}`);
  if (!opened.ok) return;
  if (opened.value.number !== book.lastNumber + 1)
    wrong(shop, `${till}: shift ${opened.value.number} after ${book.lastNumber}`);
  const openedAtMs = shop.world.till(till).clock.nowMs();
  const before = book.everOpened ? [] : [...book.held.values()];
  // What was sold before the first shift is in none, and is followed.
  for (const one of before) {
    const isFollowed = !isSettled(one.state);
    Object.assign(one, { shift: 0, tender: one.asked.tender, isFollowed });
  }
  if (!book.everOpened) {
    book.flows.clear();
    book.openings = [];
  }
  book.everOpened = true;
  book.open = {
    ...{ number: opened.value.number, floatCents, drawer, day: dayOfNow(shop, till), openedAtMs, moves: [] },
    before: structuredClone(before),
  };
  shop.boxes[till].cents += floatCents;
  count(shop, 'shifts');
}

const dayOfNow = (shop: Shop, till: TillName): string =>
  new Date(shop.world.till(till).clock.nowMs() + 8 * 3_600_000 - shop.day.businessDayEndsAtMinute * 60_000)
    .toISOString()
    .slice(0, 10);

/** Coins of a cent, and of a dollar: the simplest way to count any sum. */
const piecesOf = (cents: number): ShiftCount['pieces'] => [
  { value: amount('0.01'), pieces: cents % 100 },
  { value: amount('1'), pieces: Math.floor(cents / 100) % 100_000 },
  { value: amount('100000'), pieces: Math.floor(cents / 10_000_000) },
];

/** The count: what is in the drawer, as whoever counts it finds it. */
async function commit(shop: Shop, till: TillName, offCents: number, ways: readonly string[]) {
  const book = shop.books[till];
  await must(shop, till, 'shifts:beginCount', {});
  refresh(shop, till);
  const before = truthNow(book, till, null);
  const isOwn = before.drawer === 'own';
  const cash = Math.max(0, shop.boxes[till].cents + offCents);
  const counted = new Map<string, number>(isOwn ? [['cash', cash]] : []);
  for (const way of ways) {
    const taken = before.flows.get(way) ?? 0;
    if (taken >= 0) counted.set(way, taken);
  }
  const tenders = [...counted].flatMap(([tender, cents]) =>
    tender === 'cash' ? [] : [{ tender, sum: moneyOf(cents) }],
  );
  const atMs = shop.world.till(till).clock.nowMs();
  const cut = cutNow(book, till, counted, atMs);
  const done = await ask(shop, till, 'shifts:commitCount', {
    count: { pieces: isOwn ? piecesOf(cash) : [], tenders },
  });
  if (!done.ok) throw new Error(`${till} shifts:commitCount: ${done.error.code}`);
  book.cut = cut;
  shop.boxes[till].atCount = shop.boxes[till].cents;
  return checkCount(shop, till, cut);
}

/** Money that is missing was taken; money that is too much was handed over by somebody. */
export async function close(
  shop: Shop,
  { till, counting }: { till: TillName; counting: Counting },
): Promise<void> {
  const book = shop.books[till];
  if (book.open === null) return;
  const isOwn = book.open.drawer === 'own';
  shop.boxes[till].cents = isOwn ? Math.max(0, shop.boxes[till].cents + counting.offCents) : 0;
  let isOff = false;
  if (isOwn || counting.alsoCounts.length > 0) {
    isOff = (await commit(shop, till, counting.miscountedCents, counting.alsoCounts)) === 'reason';
    for (const one of counting.between) await topUp(shop, { ...one, till });
    await shop.world.settle();
    refreshAll(shop);
  }
  if (isOff) sessionOf(shop, till).people.unlocking.begin(boss);
  refresh(shop, till);
  const cut = book.cut ?? cutNow(book, till, null, shop.world.till(till).clock.nowMs());
  const reason = isOff ? 'Nobody knows' : null;
  const closed = await ask(shop, till, 'shifts:close', { reason }, isOff ? boss : personOf(shop, 0));
  if (!closed.ok) throw new Error(`${till} shifts:close: ${closed.error.code}`);
  if (book.cut === null) shop.boxes[till].atCount = shop.boxes[till].cents;
  // What was counted goes to the bank.
  shop.boxes[till].cents -= shop.boxes[till].atCount;
  closeWith(book, till, cut);
  count(shop, 'closes');
}
