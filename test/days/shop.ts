import { practiceMembers } from '../../main/hosts/practice/members.ts';
import type { Actor } from '../../main/kernel/actor.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { handlerIn } from '../../main/kernel/room.ts';
import type { Increment } from '../../main/ledger/types.ts';
import {
  type Amount,
  amount,
  type ChannelArgs,
  type ChannelName,
  type ChannelReply,
  channels,
  type Result,
} from '../../preload/contract/index.ts';
import { bonusRule, pointsRule, shopRules } from '../kit/rules.ts';
import type { Prng } from '../simulation/prng.ts';
import { randomOf } from '../simulation/prng.ts';
import { emptyBook, flow, lineNow, type TillBook } from './book.ts';
import { type Asked, type Held, isBack, isSettled } from './held.ts';
import { type Day, firstNames, isFloodDay, waysToPay } from './plan.ts';
import { type DayWorld, type TillName, tillNames } from './world.ts';

/** A paper as it was printed, of an entry as it was then. */
export interface Paper {
  readonly asked: Asked;
  readonly code: string;
}

/** What lies in a drawer, and what lay in it when it was counted last: that goes to the bank. */
export interface CashBox {
  cents: number;
  atCount: number;
}

/** The shop of a day: the program's two tills, and beside them all that the test knows itself. */
export interface Shop {
  readonly day: Day;
  readonly world: DayWorld;
  readonly books: Record<TillName, TillBook>;
  readonly boxes: Record<TillName, CashBox>;
  /** Whoever got their money back keeps it, whatever a till's records forget. */
  readonly paidBack: Set<string>;
  /** What takes these entries back was paid out. */
  readonly reversed: Set<string>;
  readonly codes: Map<string, Paper>;
  /** Papers of entries that their till has no record of any more. */
  readonly papers: Paper[];
  readonly backups: Map<TillName, { file: string; atMs: number; book: TillBook }>;
  /** What persons are called now; who they are is their place. */
  readonly names: string[];
  /** What the host holds for a member beside what our tills' entries did, in cents and points. */
  readonly problems: string[];
  readonly figures: Record<string, number>;
  readonly uuid: () => string;
  /** How often each drawer was to spring open, whatever a till's records forget; and papers that came out. */
  readonly kicks: Record<TillName, number>;
  readonly papersOut: Record<TillName, number>;
  /** When somebody looked last at what became of a till's entries, by its clock. */
  readonly seenAtMs: Record<TillName, number>;
  isUp: boolean;
}

const everybody = practiceMembers.filter(
  ({ enable, expiryDate, balance }) => enable === 1 && expiryDate === null && /^\d+\.\d\d$/.test(balance),
);
/** Whom the shop's cashiers see on most days. */
const REGULARS = 10;
/** On a day of 5,000 entries as many come as the host has. */
const membersOf = ({ seed }: Day) => (isFloodDay(seed) ? everybody : everybody.slice(0, REGULARS));

export const uidOf = (member: number): string => everybody[member % everybody.length]?.customerUid ?? '';

/** In cents, or whole points; NaN of what is not to the cent. */
export function centsOf(value: string): number {
  const cents = Number(value) * 100;
  const whole = Math.round(cents);
  return Math.abs(cents - whole) < 1e-6 ? whole : Number.NaN;
}
export const pointsOf = (value: string): number => Number(value);

export function moneyOf(cents: number): Amount {
  const size = String(Math.abs(cents)).padStart(3, '0');
  return amount(`${cents < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`);
}

export const personOf = ({ names }: Shop, person: number): Actor & { readonly id: string } => ({
  ...{ role: 'cashier', id: `person-${person}`, person: names[person] ?? '' },
});

export const boss: Actor = { role: 'manager', id: 'boss', person: 'Boss' };

export const sessionOf = ({ world }: Shop, till: TillName) => world.till(till).session;

export const wake = (shop: Shop, till: TillName): void => sessionOf(shop, till).sending.loop.wake();

/** As the bridge lets it through; arguments and replies are held against the contract. */
export async function ask<N extends ChannelName>(
  shop: Shop,
  till: TillName,
  name: N,
  args: ChannelArgs<N>,
  who: Actor = boss,
): Promise<Result<ChannelReply<N>>> {
  const handler = handlerIn(sessionOf(shop, till).rooms, name);
  if (handler === undefined) throw new Error(`nobody answers ${name}`);
  const shape = channels[name];
  const answer = await handler(shape.args.parse(args) as never, who);
  return answer.ok ? ({ ok: true, value: shape.reply.parse(answer.value) } as never) : answer;
}

export async function must<N extends ChannelName>(
  shop: Shop,
  till: TillName,
  name: N,
  args: ChannelArgs<N>,
  who: Actor = boss,
): Promise<ChannelReply<N>> {
  const answer = await ask(shop, till, name, args, who);
  if (!answer.ok) throw new Error(`${till} ${name}: ${answer.error.code}`);
  return answer.value;
}

/** One of a list that is known only now. */
export const pickOf = <T>(list: readonly T[], which: number): T | undefined =>
  list[Math.floor(which * list.length)];

export const wrong = (shop: Shop, what: string): void => {
  if (shop.problems.length < 40) shop.problems.push(what);
};

export const count = ({ figures }: Shop, what: string, by = 1): void => {
  figures[what] = (figures[what] ?? 0) + by;
};

/** The store is eight hours ahead, whatever the program's calendar says. */
export const dayOf = ({ day }: Shop, unixMs: number): string =>
  new Date(unixMs + 8 * 3_600_000 - day.businessDayEndsAtMinute * 60_000).toISOString().slice(0, 10);

const far = amount('10000000');

/** What the shop's manager has set at a till. */
async function setUp(shop: Shop, till: TillName): Promise<void> {
  const session = sessionOf(shop, till);
  const {
    counter: { policy, rules },
    members: { lookUp },
  } = session;
  policy.save(
    {
      ...policy.current(),
      ...{ repeatWithinMs: 0, memberWaitingCap: far, tillWaitingCap: far, floatCap: far },
      ...{ callsPerDay: 1_000_000, businessDayEndsAtMinute: shop.day.businessDayEndsAtMinute },
      ...{ tenders: [...waysToPay], offlineWindowMs: 30 * 86_400_000 },
    },
    theManager,
  );
  const saved = rules.save(shopRules({ bonus: [bonusRule()], points: [pointsRule()] }), 0, theManager);
  if (!saved.ok) throw new Error(saved.error.code);
  const { settings } = await must(shop, till, 'receipts:get', {});
  const printer = { kind: 'network', address: shop.world.till(till).printer.address } as const;
  const opensDrawer = shop.day.opensDrawer[till];
  await must(shop, till, 'receipts:save', { settings: { ...settings, printer, opensDrawer } });
  for (const { number } of membersOf(shop.day)) await lookUp.find(number);
}

/** Two tills whose shop has its rules and ways to pay, and whose cashiers know ten members. */
export async function openShop(day: Day, world: DayWorld, prng: Prng): Promise<Shop> {
  const shop: Shop = {
    ...{ day, world, books: { A: emptyBook(), B: emptyBook() } },
    boxes: { A: { cents: 0, atCount: 0 }, B: { cents: 0, atCount: 0 } },
    ...{ paidBack: new Set<string>(), reversed: new Set<string>(), codes: new Map<string, Paper>() },
    ...{ papers: [], backups: new Map(), names: [...firstNames], problems: [], figures: {}, isUp: true },
    uuid: randomOf(prng.fork('requests')).uuid,
    ...{ kicks: { A: 0, B: 0 }, papersOut: { A: 0, B: 0 }, seenAtMs: { A: day.startMs, B: day.startMs } },
  };
  for (const till of tillNames) await setUp(shop, till);
  await world.settle();
  return shop;
}

/** Into the drawer, or out of it. */
export const pay = ({ boxes }: Shop, till: TillName, tender: string | null, cents: number): void => {
  if (tender === 'cash') boxes[till].cents += cents;
};

/** A paid entry was refused, cancelled or dropped: whoever paid gets it back, once. */
function giveBack(shop: Shop, till: TillName, one: Held): void {
  const book = shop.books[till];
  const { asked } = one;
  const line = one.shift === null ? lineNow(book, till, one) : one.line;
  const isHere =
    one.shift === null ? line === 'sale' : one.isFollowed && (line === 'sale' || one.tender !== null);
  if (isHere) flow(book, asked.tender, -asked.cents);
  if (shop.paidBack.has(asked.id)) return;
  shop.paidBack.add(asked.id);
  pay(shop, till, asked.tender, -asked.cents);
}

/** Reads what became of the till's entries, as a cashier sees it in the list, and acts by it. */
export function refresh(shop: Shop, till: TillName): void {
  const of = shop.world.till(till);
  const [fromMs, toMs] = [shop.seenAtMs[till], of.clock.nowMs()];
  shop.seenAtMs[till] = toMs;
  // Nobody reads each of thousands that wait, each time.
  if (!of.isChanged) return;
  of.isChanged = false;
  const {
    ledger: { outbox },
  } = of.session;
  for (const one of shop.books[till].held.values()) {
    if (isBack(one.state) || one.state === 'confirmed') continue;
    const now = outbox.byId(one.asked.id)?.state;
    if (now === undefined) {
      wrong(shop, `${till}: entry ${one.asked.id} is gone`);
      continue;
    }
    if (now === one.state) continue;
    one.state = now;
    if (isSettled(now)) one.ended = { fromMs, toMs };
    if (isBack(now)) giveBack(shop, till, one);
  }
}

export const refreshAll = (shop: Shop): void => {
  for (const till of tillNames) refresh(shop, till);
};

/** What the test writes down of an entry that a till has just made. */
export function askedOf(
  shop: Shop,
  till: TillName,
  made: Pick<Increment, 'id' | 'customerUid' | 'dataChangeTime'>,
  of: Pick<Asked, 'kind' | 'tender' | 'person' | 'cents' | 'bonus' | 'points'> & {
    readonly corrects?: string;
  },
): Asked {
  const atMs = shop.world.till(till).clock.nowMs();
  const { id, customerUid, dataChangeTime: key } = made;
  return { corrects: null, ...of, ...{ id, customerUid, key, at: till, atMs, day: dayOf(shop, atMs) } };
}

/** The paper of an entry as it would be printed now. */
export function keepCode(shop: Shop, till: TillName, asked: Asked): void {
  const {
    ledger: { outbox },
    paper: { slips },
  } = sessionOf(shop, till);
  const entry = outbox.byId(asked.id);
  const code = entry === null ? null : slips.codeOf(entry);
  if (code !== null) shop.codes.set(asked.id, { asked, code });
}

/** It is in the till's records from now on; `paper`: whose receipt brought it. */
export function hold(shop: Shop, till: TillName, asked: Asked, paper: TillName | null = null): Held {
  const book = shop.books[till];
  const held: Held = {
    ...{ asked, paper, state: paper === null ? 'queued' : 'review', tender: null, shift: null },
    ...{
      line: 'sale',
      isFollowed: false,
      enteredTender: asked.tender,
      tenderChanges: 0,
      ended: null,
      cancelledBy: null,
    },
    isAcknowledged: false,
  };
  book.held.set(asked.id, held);
  const line = lineNow(book, till, held);
  if (line === 'sale') flow(book, asked.tender, asked.cents);
  return held;
}

/**
 * How often the host's ledger has an entry with its sums. With the clock set back, an entry may have the second of one
 * that a put back took from its till (ADR 24): both are there.
 */
export function readLedger({ world: { store } }: Shop): (asked: Asked) => number {
  const found = new Map<string, number>();
  const nameOf = (customerUid: string, second: string, cents: number, points: number) =>
    `${customerUid} ${second} ${cents} ${points}`;
  for (const { customerUid, dataChangeTime, balanceIncrement, pointIncrement } of store.increments()) {
    const name = nameOf(customerUid, dataChangeTime, centsOf(balanceIncrement), pointsOf(pointIncrement));
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  return ({ customerUid, key, cents, bonus, points }) =>
    found.get(nameOf(customerUid, key, cents + bonus, points)) ?? 0;
}
