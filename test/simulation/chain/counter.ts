import type { Actor } from '../../../main/kernel/actor.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import {
  amount,
  type ChannelArgs,
  type ChannelName,
  type ChannelReply,
  channels,
  type Result,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { hundredths } from '../decimals.ts';
import { randomOf } from '../prng.ts';
import type { ChainTill, ChainWorld } from './chain-till.ts';
import { MINUTE_MS, type Visit } from './plan.ts';
import { type Entered, type MonthRecord, moneyText } from './record.ts';

/** The chain, and beside it all that the simulation knows itself. */
export interface Chain extends ChainWorld {
  readonly record: MonthRecord;
  readonly figures: Record<string, number>;
  /** What lies in each drawer. */
  readonly boxes: Map<number, number>;
  /** Money of these was given back, once. */
  readonly paidBack: Set<string>;
  readonly reversed: Set<string>;
  readonly moves: Map<number, { kind: 'paid-in' | 'paid-out'; cents: number }[]>;
  readonly uuid: () => string;
}

export const newUuids = ({ prng }: Pick<ChainWorld, 'prng'>) => randomOf(prng.fork('requests')).uuid;

export const count = ({ figures }: Pick<Chain, 'figures'>, what: string, by = 1): void => {
  figures[what] = (figures[what] ?? 0) + by;
};

export const boss: Actor = { role: 'manager', person: 'Boss' };
const cashier: Actor = { role: 'cashier', id: 'mei', person: 'Mei' };

/** As the bridge lets it through. */
export async function ask<N extends ChannelName>(
  till: ChainTill,
  name: N,
  args: ChannelArgs<N>,
  who: Actor = cashier,
): Promise<Result<ChannelReply<N>>> {
  const { session } = till;
  const handler = session === null ? undefined : handlerIn(session.rooms, name);
  if (handler === undefined) throw new Error(`${till.name}: nobody answers ${name}`);
  return handler(channels[name].args.parse(args) as never, who);
}

export async function must<N extends ChannelName>(
  till: ChainTill,
  name: N,
  args: ChannelArgs<N>,
  who: Actor = cashier,
): Promise<ChannelReply<N>> {
  const answer = await ask(till, name, args, who);
  if (!answer.ok) throw new Error(`${till.name} ${name}: ${answer.error.code}`);
  return answer.value;
}

const wake = ({ session }: ChainTill): void => session?.sending.loop.wake();

export const pay = ({ boxes }: Chain, { index }: ChainTill, tender: string | null, cents: number): void => {
  if (tender === 'cash') boxes.set(index, (boxes.get(index) ?? 0) + cents);
};

type Sums = Pick<Entered, 'kind' | 'cents' | 'bonus' | 'points' | 'tender' | 'rules'>;

function write(chain: Chain, till: ChainTill, id: string, sums: Sums): void {
  const { time, record } = chain;
  const row = till.session?.ledger.outbox.byId(id);
  if (row === undefined || row === null) throw new Error(`${till.name} has not kept ${id}`);
  record.entered.push({
    ...{ id, till: till.index, shop: till.shop, uid: row.customerUid, second: row.dataChangeTime, ...sums },
    ...{ atMs: time.now(), clockMs: till.clock?.nowMs() ?? 0, toldAs: null, endsAs: null },
  });
  pay(chain, till, sums.tender, sums.cents);
  count(chain, sums.kind);
  wake(till);
}

/** Whom the card is of: as the till keeps it, or as KYBIO says. */
async function memberAt(chain: Chain, till: ChainTill, visit: Visit) {
  const { session } = till;
  const member = chain.account.host.members[visit.member];
  if (session === null || member === undefined) return null;
  const kept = session.members.directory.byUid(member.customerUid);
  if (kept === null || visit.isScanned || visit.do === 'look') {
    const found = await session.members.lookUp.find(member.number);
    if (!found.ok) count(chain, `not found: ${found.error.code}`);
  }
  const known = till.session === session ? session.members.directory.byUid(member.customerUid) : null;
  return known === null
    ? null
    : { customerUid: known.customerUid, customerNumber: known.number, customerName: known.name };
}

async function topUp(chain: Chain, till: ChainTill, visit: Visit): Promise<void> {
  const seen = await memberAt(chain, till, visit);
  if (seen === null) return count(chain, 'turned away');
  const isAward = visit.do === 'award';
  const principal = isAward ? zeroAmount : amount(moneyText(visit.cents));
  const asked = { customerUid: seen.customerUid, principal, purchase: zeroAmount };
  const { bonus, points, version } = await must(till, 'topUps:preview', asked);
  const given = isAward ? amount('50') : (points ?? zeroAmount);
  const bonusCents = isAward ? 0 : hundredths(bonus);
  const tender = isAward ? null : visit.tender;
  const made = await ask(till, 'topUps:create', {
    ...{ requestId: chain.uuid(), ...seen, note: '', again: true, rulesVersion: version },
    ...(isAward ? {} : { tender: visit.tender, bonus }),
    balanceIncrement: isAward ? zeroAmount : amount(moneyText(visit.cents + bonusCents)),
    pointIncrement: given,
  });
  if (!made.ok) return count(chain, `refused: ${made.error.code}`);
  const cents = isAward ? 0 : visit.cents;
  const sums = { cents, bonus: bonusCents, points: Number(given), rules: version };
  write(chain, till, made.value.id, { kind: isAward ? 'award' : 'top-up', tender, ...sums });
  if (visit.spends > 0) spend(chain, visit);
}

/** The member pays with it at KYBIO's own till. */
function spend({ time, account }: Chain, { member, spends }: Visit): void {
  const uid = account.host.members[member]?.customerUid ?? '';
  time.after(MINUTE_MS + (spends % 17) * 30_000, () => {
    account.host.change(uid, -Math.min(spends, account.host.member(uid)?.balance ?? 0), 0, false);
    account.callByOther();
  });
}

const ownOf = ({ record }: Chain, { index }: ChainTill) =>
  record.entered.filter(({ till }) => till === index).slice(-40);

const pickOf = <T>(list: readonly T[], which: number): T | undefined => list[Math.floor(which * list.length)];

async function reverse(chain: Chain, till: ChainTill, { which }: Visit): Promise<void> {
  const outbox = till.session?.ledger.outbox;
  const able = ownOf(chain, till).filter(
    ({ id, kind }) => kind === 'top-up' && !chain.reversed.has(id) && outbox?.byId(id)?.state === 'confirmed',
  );
  const one = pickOf(able, which);
  if (one === undefined) return;
  const planned = await ask(till, 'entries:planReversal', { id: one.id });
  if (!planned.ok) return count(chain, `no reversal: ${planned.error.code}`);
  const { take } = planned.value;
  const who = { ...cashier, approvedBy: 'manager#boss:Boss' };
  const made = await ask(till, 'entries:reverse', { id: one.id, requestId: chain.uuid(), take }, who);
  if (!made.ok) return count(chain, `no reversal: ${made.error.code}`);
  chain.reversed.add(one.id);
  const [cents, bonus] = [-hundredths(take.principal), -hundredths(take.bonus)];
  const points = -Number(take.points);
  const { tender } = one;
  write(chain, till, made.value.id, { kind: 'reversal', tender, cents, bonus, points, rules: null });
}

async function cancel(chain: Chain, till: ChainTill, { which }: Visit): Promise<void> {
  const outbox = till.session?.ledger.outbox;
  const able = ownOf(chain, till).filter(({ id }) => outbox?.byId(id)?.state === 'queued');
  const one = pickOf(able, which);
  if (one === undefined) return;
  const done = await ask(till, 'entries:cancel', { id: one.id });
  count(chain, done.ok ? 'cancelled' : `not cancelled: ${done.error.code}`);
}

async function move(chain: Chain, till: ChainTill, kind: 'paid-in' | 'paid-out', sum: number): Promise<void> {
  const cents = kind === 'paid-in' ? sum : Math.min(sum, chain.boxes.get(till.index) ?? 0);
  if (cents === 0) return;
  const args = { kind, amount: amount(moneyText(cents)), reason: 'Coins', requestId: chain.uuid() };
  const done = await ask(till, 'shifts:move', args);
  if (!done.ok) return count(chain, `no move: ${done.error.code}`);
  chain.moves.set(till.index, [...(chain.moves.get(till.index) ?? []), { kind, cents }]);
  pay(chain, till, 'cash', kind === 'paid-in' ? cents : -cents);
}

/** Somebody stands at the counter of a till that is on. */
export async function serve(chain: Chain, till: ChainTill, visit: Visit): Promise<void> {
  if (till.session === null) return count(chain, 'till was off');
  switch (visit.do) {
    case 'top-up':
    case 'award':
      return topUp(chain, till, visit);
    case 'look':
      return void (await memberAt(chain, till, visit));
    case 'reversal':
      return reverse(chain, till, visit);
    case 'cancel':
      return cancel(chain, till, visit);
    case 'paid-in':
    case 'paid-out':
      return move(chain, till, visit.do, visit.cents);
  }
}
