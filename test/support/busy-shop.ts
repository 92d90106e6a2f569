import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { hourOf } from '../../main/day/shifts/business-day.ts';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { type Amount, addAmounts, amount, type Gets, zeroAmount } from '../../preload/contract/index.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import type { Prng } from '../simulation/prng.ts';
import type { OpenApp } from './electron-app.ts';
import type { PassingClock } from './electron-clock.ts';
import { untilIncrements } from './electron-till.ts';

// Weeks of a shop, day after day at a till that is open: what screens of many days show.

const HOUR_MS = 3_600_000;
const OPENS_AT = 10;

/** How many come at least, by the hour: on a day as it is, and on one that only its sum is of interest of. */
export const hourByHour = [1, 2, 3, 5, 4, 2, 1, 3, 5, 6, 4];
export const threeTimes = [0, 0, 9, 0, 0, 6, 0, 0, 0, 11, 0];
const tenders = ['cash', 'cash', 'card', 'qr', 'card', 'transfer'];
const sums = ['10', '20', '20', '30', '50', '50', '100', '15.50'];
const members = practiceMembers
  .filter(({ enable, expiryDate }) => enable === 1 && expiryDate === null)
  .slice(20, 44);

/** A channel, by its function on the bridge, as the page asks. */
async function ask<T>(page: Page, method: string, args: object): Promise<T> {
  const value: unknown = await page.evaluate(
    async ([name, given]) => {
      const bridge = window.till as unknown as Record<
        string,
        (args: object) => Promise<{ ok: boolean; value: unknown }>
      >;
      const reply = await bridge[name]?.(given);
      if (reply?.ok !== true) throw new Error(`${name}: ${JSON.stringify(reply)}`);
      return reply.value;
    },
    [method, args] as const,
  );
  return value as T;
}

/** One entry, as it was entered. */
export interface MadeEntry {
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly tender: string;
}

export interface ShopInWindow extends Pick<OpenApp, 'page'> {
  readonly store: PracticeStore;
  readonly clock: PassingClock;
}

/** Looks each member up once, as the first visit does. */
export async function meetMembers({ page }: ShopInWindow): Promise<void> {
  for (const { number } of members) await ask(page, 'membersFind', { query: number });
}

/** Waits for the next opening in the morning. */
export async function untilOpening({ clock }: ShopInWindow): Promise<void> {
  const hoursAway = (24 + OPENS_AT - hourOf(clock.nowMs(), storeTimeZone)) % 24;
  await clock.pass((hoursAway === 0 ? 24 : hoursAway) * HOUR_MS);
}

/** What it gives by the rules is asked first, as the form does. */
async function enter(page: Page, random: Prng): Promise<MadeEntry> {
  const { customerUid, number, name } = random.pick(members);
  const principal = amount(random.pick(sums));
  const tender = random.pick(tenders);
  const gets = await ask<Gets>(page, 'topUpsPreview', { customerUid, principal, purchase: '0' });
  await ask(page, 'topUpsCreate', {
    ...{ requestId: randomUUID(), customerUid, customerNumber: number, customerName: name, note: '' },
    ...{ balanceIncrement: addAmounts(principal, gets.bonus), pointIncrement: gets.points ?? '0' },
    ...{ bonus: gets.bonus, rulesVersion: gets.version, tender, again: true },
  });
  return { principal, bonus: gets.bonus, tender };
}

/** So many come in each of the next hours, at least; everything is sent as it comes. */
export async function trade(
  { page, store, clock }: ShopInWindow,
  visits: readonly number[],
  random: Prng,
): Promise<readonly MadeEntry[]> {
  const made: MadeEntry[] = [];
  const before = store.increments().length;
  let restMs = 0;
  for (const atLeast of visits) {
    if (atLeast > 0) {
      await clock.pass(restMs);
      restMs = 0;
      const count = atLeast + random.below(3);
      for (let visit = 0; visit < count; visit += 1) made.push(await enter(page, random));
      await untilIncrements(store, before + made.length);
    }
    restMs += HOUR_MS;
  }
  await clock.pass(restMs);
  return made;
}

export const takenBy = (made: readonly MadeEntry[], tender?: string): Amount =>
  addAmounts(
    zeroAmount,
    ...made
      .filter((entry) => tender === undefined || entry.tender === tender)
      .map(({ principal }) => principal),
  );

export const float = amount('200');

export const openShiftOf = ({ page }: ShopInWindow): Promise<unknown> =>
  ask(page, 'shiftsOpen', { float, drawer: 'own' });

/** The drawer is counted as it is, off by this. */
export async function closeShiftOf(
  { page }: ShopInWindow,
  made: readonly MadeEntry[],
  offBy: Amount,
): Promise<void> {
  const cents = amountToCents(addAmounts(float, takenBy(made, 'cash'), offBy));
  const count = {
    pieces: piecesOf(cents),
    tenders: ['card', 'qr', 'transfer'].map((tender) => ({ tender, sum: takenBy(made, tender) })),
  };
  await ask(page, 'shiftsBeginCount', {});
  await ask(page, 'shiftsCommitCount', { count });
  await ask(page, 'shiftsClose', { reason: null });
}

const amountToCents = (sum: Amount): number => Math.round(Number(sum) * 100);

/** The fewest notes and coins. */
function piecesOf(cents: number) {
  let left = cents;
  return [5_000, 1_000, 500, 200, 100, 50, 20, 10, 5].flatMap((value) => {
    const pieces = Math.floor(left / value);
    left -= pieces * value;
    return pieces === 0 ? [] : [{ value: amount(String(value / 100)), pieces }];
  });
}
