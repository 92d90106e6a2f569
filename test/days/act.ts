import { amount, type Entry, type ShiftCount, zeroAmount } from '../../preload/contract/index.ts';
import { answerAll } from './answers.ts';
import { closeWith, cutNow, type Held, isSettled, truthNow } from './book.ts';
import { changeTender } from './change-tender.ts';
import { checkCount, lookAt } from './look.ts';
import type { Action, Counting, TopUp } from './plan.ts';
import { putBack } from './put-back.ts';
import {
  ask,
  askedOf,
  boss,
  centsOf,
  count,
  hold,
  keepCode,
  moneyOf,
  must,
  pay,
  personOf,
  pickOf,
  pointsOf,
  refresh,
  refreshAll,
  type Shop,
  sessionOf,
  uidOf,
  wrong,
} from './shop.ts';
import { type TillName, tillNames } from './world.ts';

type Of<D extends Action['do']> = Extract<Action, { readonly do: D }>;

const METHOD = 'updateBalancePointByIncrement';

/** What the shop's one rule gives: five from fifty on. */
const bonusOn = (cents: number): number => (cents >= 5_000 ? 500 : 0);
const pointsOn = (cents: number): number => Math.floor(cents / 100);

const memberAt = (shop: Shop, till: TillName, member: number) => {
  const known = sessionOf(shop, till).directory.byUid(uidOf(member));
  if (known === null) throw new Error('the till does not know this member');
  return { customerUid: known.customerUid, customerNumber: known.number, customerName: known.name };
};

function wake(shop: Shop, till: TillName): void {
  sessionOf(shop, till).loop.wake();
}

/** In an outage a paper is printed with each entry. */
function printPaper(shop: Shop, till: TillName, { asked }: Held): void {
  if (!shop.isUp) keepCode(shop, till, asked);
}

const rowOf = (shop: Shop, till: TillName, { id }: Pick<Entry, 'id'>) => {
  const row = sessionOf(shop, till).outbox.byId(id);
  if (row === null) throw new Error('it was not kept');
  return row;
};

export async function topUp(shop: Shop, { till, member, cents, tender, person }: TopUp): Promise<void> {
  const seen = memberAt(shop, till, member);
  const asked = { customerUid: seen.customerUid, principal: moneyOf(cents), purchase: zeroAmount };
  const given = await must(shop, till, 'topUps:preview', asked);
  const [bonus, points] = [centsOf(given.bonus), given.points === null ? 0 : pointsOf(given.points)];
  if (bonus !== bonusOn(cents) || points !== pointsOn(cents))
    wrong(shop, `${till}: ${cents} cents get ${bonus} and ${points} points`);
  const who = personOf(shop, person);
  const made = await ask(
    shop,
    till,
    'topUps:create',
    {
      ...{ requestId: shop.uuid(), ...seen, note: '', again: true, tender },
      ...{ balanceIncrement: moneyOf(cents + bonus), pointIncrement: amount(String(points)) },
      ...{ bonus: given.bonus, rulesVersion: given.version },
    },
    who,
  );
  if (!made.ok) return count(shop, `refused top-up ${made.error.code}`);
  const kept = { kind: 'top-up', tender, person: who.id, cents, bonus, points } as const;
  const held = hold(shop, till, askedOf(shop, till, rowOf(shop, till, made.value), kept));
  pay(shop, till, tender, cents);
  printPaper(shop, till, held);
  count(shop, 'entries');
  wake(shop, till);
}

async function award(shop: Shop, { till, member, points, person }: Of<'award'>): Promise<void> {
  const who = personOf(shop, person);
  const made = await ask(
    shop,
    till,
    'topUps:create',
    {
      ...{ requestId: shop.uuid(), ...memberAt(shop, till, member), note: '', again: true },
      ...{ balanceIncrement: zeroAmount, pointIncrement: amount(String(points)), rulesVersion: 1 },
    },
    who,
  );
  if (!made.ok) return count(shop, `refused award ${made.error.code}`);
  const kept = { kind: 'award', tender: null, person: who.id, cents: 0, bonus: 0, points } as const;
  printPaper(shop, till, hold(shop, till, askedOf(shop, till, rowOf(shop, till, made.value), kept)));
  count(shop, 'awards');
  wake(shop, till);
}

async function reverse(shop: Shop, { till, which, person, isPart }: Of<'reverse'>): Promise<void> {
  const able = [...shop.books[till].held.values()].filter(
    ({ state, asked }) => state === 'confirmed' && asked.kind !== 'reversal' && !shop.reversed.has(asked.id),
  );
  const one = pickOf(able, which);
  if (one === undefined) return;
  const { asked } = one;
  const principal = isPart && asked.cents > 100 ? { principal: moneyOf(Math.floor(asked.cents / 2)) } : {};
  const planned = await ask(shop, till, 'entries:planReversal', { id: asked.id, ...principal });
  if (!planned.ok) return count(shop, `refused reversal ${planned.error.code}`);
  const { take } = planned.value;
  const who = { ...personOf(shop, person), approvedBy: 'manager#boss:Boss' };
  const made = await ask(shop, till, 'entries:reverse', { id: asked.id, requestId: shop.uuid(), take }, who);
  if (!made.ok) return count(shop, `refused reversal ${made.error.code}`);
  const [cents, bonus] = [centsOf(take.principal), centsOf(take.bonus)];
  const isWhole = cents === asked.cents;
  if (isWhole && bonus + centsOf(take.letGo) !== asked.bonus)
    wrong(shop, `${till}: the reversal of ${asked.id} takes ${bonus} of its bonus of ${asked.bonus}`);
  const sums = { cents: -cents, bonus: -bonus, points: -pointsOf(take.points) };
  // Nobody paid for what credits an entry again: whoever takes that back gives back what was paid for the entry.
  const { tender } = shop.books[till].held.get(asked.corrects ?? '')?.asked ?? asked;
  const kept = { kind: 'reversal', tender, person: who.id, corrects: asked.id, ...sums } as const;
  hold(shop, till, askedOf(shop, till, rowOf(shop, till, made.value), kept));
  shop.reversed.add(asked.id);
  pay(shop, till, tender, -cents);
  count(shop, 'reversals');
  wake(shop, till);
}

async function cancel(shop: Shop, { till, which, person }: Of<'cancel'>): Promise<void> {
  const able = [...shop.books[till].held.values()].filter(({ state }) => state === 'queued');
  const one = pickOf(able, which);
  if (one === undefined) return;
  const done = await ask(shop, till, 'entries:cancel', { id: one.asked.id }, personOf(shop, person));
  count(shop, done.ok ? 'cancelled' : `refused cancel ${done.error.code}`);
}

async function move(shop: Shop, { till, kind, cents, person }: Of<'move'>): Promise<void> {
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
}

async function open(shop: Shop, { till, floatCents, drawer, isBlind }: Of<'open'>): Promise<void> {
  const book = shop.books[till];
  const { policy } = sessionOf(shop, till);
  policy.save({ ...policy.current(), blindCount: isBlind }, boss);
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
  if (!book.everOpened) book.flows.clear();
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

/** One count: what is in the drawer, as whoever counts it finds it. */
async function commit(
  shop: Shop,
  till: TillName,
  { offCents }: { offCents: number },
  ways: readonly string[],
) {
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
async function close(shop: Shop, { till, counting }: { till: TillName; counting: Counting }): Promise<void> {
  const book = shop.books[till];
  if (book.open === null) return;
  const isOwn = book.open.drawer === 'own';
  shop.boxes[till].cents = isOwn ? Math.max(0, shop.boxes[till].cents + counting.offCents) : 0;
  let isOff = false;
  if (isOwn || counting.alsoCounts.length > 0) {
    const first = await commit(shop, till, { offCents: counting.miscountedCents }, counting.alsoCounts);
    for (const one of counting.between) await topUp(shop, { ...one, till });
    await shop.world.settle();
    refreshAll(shop);
    if (first === 'recount') {
      await lookAt(shop, till);
      isOff = (await commit(shop, till, { offCents: 0 }, counting.alsoCounts)) === 'reason';
    }
  }
  if (isOff) sessionOf(shop, till).unlocking.begin(boss);
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

async function doubt(shop: Shop, { till, kind, which }: Of<'doubt'>): Promise<void> {
  if (!shop.isUp) return;
  const { store, clock } = shop.world;
  const session = sessionOf(shop, till);
  const able = [...shop.books[till].held.values()].filter(
    ({ state, asked }) =>
      state === 'confirmed' && asked.kind === 'top-up' && !asked.isCorrection && !shop.reversed.has(asked.id),
  );
  const one = pickOf(able, which);
  if (one === undefined) return;
  const { asked } = one;
  // The host has it twice, or lost it; the member's next reply said so.
  const by = kind === 'possible-double' ? 1 : -1;
  const { balance, point } = store.member(asked.customerUid);
  const whole = asked.cents + asked.bonus;
  store.adjust(
    asked.customerUid,
    moneyOf(centsOf(balance) + by * whole),
    String(Number(point) + by * asked.points),
  );
  session.doubts.open({ entryId: asked.id, kind }, asked.id, clock.nowMs(), {});
  const doubtId = session.doubts.waiting().find(({ entryId }) => entryId === asked.id)?.id;
  if (doubtId === undefined) return count(shop, 'no doubt');
  const read = await session.review.readDoubt(doubtId);
  const named = { readingId: read.ok ? (read.value.reading?.readingId ?? null) : null, isMeant: true };
  const made = read.ok ? await session.review.correct(doubtId, boss, named) : read;
  if (!made.ok) {
    count(shop, `refused correction ${made.error.code}`);
    session.review.dismiss(doubtId, boss);
    return;
  }
  // Nobody pays for it, and nobody gets money.
  const sums = { cents: -by * asked.cents, bonus: -by * asked.bonus, points: -by * asked.points };
  const isCorrection = true;
  const kept = {
    kind: by > 0 ? 'reversal' : 'top-up',
    tender: null,
    person: 'boss',
    isCorrection,
    corrects: asked.id,
    ...sums,
  } as const;
  hold(shop, till, askedOf(shop, till, made.value, kept));
  shop.reversed.add(asked.id);
  count(shop, 'corrections');
  wake(shop, till);
}

function others({ world: { store } }: Shop, { member, cents, points }: Of<'others'>): void {
  const { customerUid, balance, point } = store.member(uidOf(member));
  store.adjust(customerUid, moneyOf(centsOf(balance) + cents), String(Number(point) + points));
}

async function network(shop: Shop, isUp: boolean): Promise<void> {
  shop.isUp = isUp;
  await shop.world.store.setPlug(isUp);
  for (const till of tillNames) if (isUp) sessionOf(shop, till).networkChanged(true);
}

/** Papers of what a restore lost are scanned: an entry is taken up at one till only. */
function scan(shop: Shop, { till, most }: Of<'scan'>): void {
  const { slips, loop } = sessionOf(shop, till);
  for (const { asked, code } of shop.papers.splice(0, most)) {
    const first = slips.scan(code, null, boss);
    const isOther = first.ok && first.value.outcome === 'other-till';
    const scanned = isOther ? slips.scan(code, first.value.lostKey, boss) : first;
    const outcome = scanned.ok ? scanned.value.outcome : scanned.error.code;
    count(shop, `paper ${outcome}`);
    if (outcome !== 'taken-up') {
      wrong(shop, `${till}: the paper of ${asked.id} was ${outcome}`);
      continue;
    }
    if (isOther !== (asked.at !== till))
      wrong(shop, `${till}: the paper of ${asked.id} was taken for another's`);
    hold(shop, till, asked, asked.at);
  }
  loop.wake();
}

async function flood(shop: Shop, { till, entries }: Of<'flood'>): Promise<void> {
  for (let at = 0; at < entries; at += 1) {
    const cents = 1 + ((at * 7_919) % 9_900);
    const tender = ['cash', 'card', 'cash', 'qr'][at % 4] ?? null;
    await topUp(shop, { do: 'top-up', till, member: at, cents, tender, person: at % 4 });
    if (at % 400 === 399) shop.world.clock.pass(600_000);
  }
}

async function backUp(shop: Shop, till: TillName): Promise<void> {
  const made = await sessionOf(shop, till).backups?.backupNow('asked');
  if (made === undefined || !made.ok) throw new Error('no backup');
  refreshAll(shop);
  shop.backups.set(till, { ...made.value, book: structuredClone(shop.books[till]) });
  count(shop, 'backups');
}

const acts: { readonly [D in Action['do']]: (shop: Shop, action: Of<D>) => Promise<unknown> | unknown } = {
  ...{
    'top-up': topUp,
    'change tender': changeTender,
    award,
    reverse,
    cancel,
    move,
    open,
    close,
    doubt,
    others,
    scan,
    flood,
  },
  network: (shop, { isUp }) => network(shop, isUp),
  lose: ({ world: { store } }, { when, times }) =>
    store.addFault({ fault: { kind: 'drop', when }, method: METHOD, times }),
  refuse: ({ world: { store } }, { times }) =>
    store.addFault({
      ...{
        fault: { kind: 'error', messages: ['Customer is disabled'], when: 'before' },
        method: METHOD,
        times,
      },
    }),
  'back up': (shop, { till }) => backUp(shop, till),
  'put back': (shop, { till }) => putBack(shop, till),
  answer: (shop, { till, drops }) => answerAll(shop, till, drops),
  restart: async (shop, { till, called }) => {
    await shop.world.restart(till, called ?? undefined);
    count(shop, 'restarts');
  },
  'set clock': ({ world }, { till, offMs }) => {
    world.till(till).offMs = offMs;
  },
  'name person': ({ names }, { person, called }) => {
    names[person] = called;
  },
  pass: ({ world }, { minutes }) => world.pass(minutes * 60_000),
  look: (shop, { till }) => lookAt(shop, till),
};

/** Does it, and writes down what came of it. */
export async function act(shop: Shop, action: Action): Promise<void> {
  const doIt = acts[action.do] as (shop: Shop, action: Action) => Promise<unknown> | unknown;
  await doIt(shop, action);
  await shop.world.settle();
  refreshAll(shop);
  shop.world.clock.pass(5_000);
}
