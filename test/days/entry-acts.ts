import { amount, type Entry, zeroAmount } from '../../preload/contract/index.ts';
import { cancelOne, openedForEntry } from './drawer.ts';
import type { Held } from './held.ts';
import type { Of, TopUp } from './plan.ts';
import {
  ask,
  askedOf,
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
  type Shop,
  sessionOf,
  uidOf,
  wake,
  wrong,
} from './shop.ts';
import type { TillName } from './world.ts';

/** What the shop's one rule gives: five from fifty on. */
const bonusOn = (cents: number): number => (cents >= 5_000 ? 500 : 0);
const pointsOn = (cents: number): number => Math.floor(cents / 100);

const memberAt = (shop: Shop, till: TillName, member: number) => {
  const known = sessionOf(shop, till).members.directory.byUid(uidOf(member));
  if (known === null) throw new Error('the till does not know this member');
  return { customerUid: known.customerUid, customerNumber: known.number, customerName: known.name };
};

/** In an outage a paper is printed with each entry. */
function printPaper(shop: Shop, till: TillName, { asked }: Held): void {
  if (!shop.isUp) keepCode(shop, till, asked);
}

const rowOf = (shop: Shop, till: TillName, { id }: Pick<Entry, 'id'>) => {
  const row = sessionOf(shop, till).ledger.outbox.byId(id);
  if (row === null) throw new Error('it was not kept');
  return row;
};

/** `isHeard`: there is time for the drawer to open before the next one. */
export async function topUp(
  shop: Shop,
  { till, member, cents, tender, person }: TopUp,
  isHeard = true,
): Promise<void> {
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
  if (isHeard) await openedForEntry(shop, till, held);
}

export async function award(shop: Shop, { till, member, points, person }: Of<'award'>): Promise<void> {
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

export async function reverse(shop: Shop, { till, which, person, isPart }: Of<'reverse'>): Promise<void> {
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
  const held = hold(shop, till, askedOf(shop, till, rowOf(shop, till, made.value), kept));
  shop.reversed.add(asked.id);
  pay(shop, till, tender, -cents);
  count(shop, 'reversals');
  wake(shop, till);
  await openedForEntry(shop, till, held);
}

export async function cancel(shop: Shop, { till, which, person }: Of<'cancel'>): Promise<void> {
  const able = [...shop.books[till].held.values()].filter(({ state }) => state === 'queued');
  const one = pickOf(able, which);
  if (one === undefined) return;
  await cancelOne(shop, till, one, person);
}

/** Somebody has seen that it was refused. */
export async function acknowledge(shop: Shop, { till, which }: Of<'acknowledge'>): Promise<void> {
  const able = [...shop.books[till].held.values()].filter(
    ({ state, isAcknowledged }) => state === 'rejected' && !isAcknowledged,
  );
  const one = pickOf(able, which);
  if (one === undefined) return;
  await must(shop, till, 'entries:acknowledge', { id: one.asked.id }, personOf(shop, 0));
  one.isAcknowledged = true;
  count(shop, 'acknowledged');
}
