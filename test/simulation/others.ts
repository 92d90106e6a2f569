import type { KybioHost } from './kybio-host.ts';
import type { Prng } from './prng.ts';
import type { Happening } from './scenario.ts';

/** Somebody else's write at KYBIO: a sale at KYBIO's own till, or another till of the chain. Hundredths, and points. */
export interface OthersWrite {
  readonly member: number;
  readonly balance: number;
  readonly point: number;
  /** A credit that the recharge log shows, where the host has one. */
  readonly logged: boolean;
}

/** How often others write: beside each top-up, and to each member whatever this till does. */
export interface OthersRates {
  /** The share of top-ups that the member spends within ten minutes. */
  readonly spend: number;
  /** The share of these whose member tops up the same again. */
  readonly again: number;
  /** The share of top-ups with a write by another till to the same member within a quarter of an hour. */
  readonly chain: number;
  /** Between two writes to one member that have nothing to do with a top-up. */
  readonly everyMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A shop's day, and a shop at its busiest. */
export const shopsDay: OthersRates = { spend: 0.4, again: 0.05, chain: 0.1, everyMs: 6 * HOUR };
export const busiest: OthersRates = { spend: 0.7, again: 0.15, chain: 0.5, everyMs: 8 * MINUTE };

type TopUp = Extract<Happening, { kind: 'top-up' }> & { readonly atMs: number };
type Timed = Happening & { readonly atMs: number };

const prices = [350, 500, 880, 1_000, 2_000, 5_000];

/** A sale takes a sum, and often awards points for it. */
const sale = (prng: Prng, member: number, balance: number): OthersWrite => ({
  ...{ member, balance: -balance, logged: false },
  point: prng.chance(0.3) ? Math.max(1, Math.floor(balance / 100)) : 0,
});

/** Another till of the chain credits or awards: the same as ours, or what it likes. */
function ofTheChain(
  prng: Prng,
  member: number,
  like: { balance: number; point: number } | null,
): OthersWrite {
  if (like !== null && prng.chance(0.5))
    return { member, balance: like.balance, point: like.point, logged: prng.chance(0.7) };
  return prng.chance(0.3)
    ? { member, balance: 0, point: prng.pick([100, 500]), logged: false }
    : { member, balance: prng.pick([1_000, 2_000, 5_000]), point: 0, logged: prng.chance(0.7) };
}

/** What the member of one top-up does next, and what another till of the chain does with the same member. */
function beside(prng: Prng, topUp: TopUp, rates: OthersRates): Timed[] {
  const { member, atMs, balance } = topUp;
  const list: Timed[] = [];
  if (balance > 0 && prng.chance(rates.spend)) {
    // Exactly what was topped up, or what something costs.
    const costs = prng.chance(0.5) ? balance : prng.pick(prices);
    const paidAtMs = atMs + prng.between(15_000, 10 * MINUTE);
    list.push({ kind: 'other-writer', ...sale(prng, member, costs), atMs: paidAtMs });
    if (prng.chance(rates.again / rates.spend))
      list.push({ ...topUp, pressedTwice: false, atMs: paidAtMs + prng.between(20_000, 5 * MINUTE) });
  }
  if (prng.chance(rates.chain)) {
    const write = ofTheChain(prng, member, topUp);
    list.push({ kind: 'other-writer', ...write, atMs: Math.max(0, atMs + prng.between(-15, 15) * MINUTE) });
  }
  return list;
}

/** The writes of others in a day, which know nothing of this till's faults. */
export function othersIn(prng: Prng, day: readonly Timed[], members: number, rates: OthersRates): Timed[] {
  const topUps = day.filter((one): one is TopUp => one.kind === 'top-up');
  const list = topUps.flatMap((topUp) => beside(prng, topUp, rates));
  const windowMs = Math.max(0, ...day.map(({ atMs }) => atMs)) + 30 * MINUTE;
  const expected = (members * windowMs) / rates.everyMs;
  const writes = Math.floor(expected) + (prng.chance(expected % 1) ? 1 : 0);
  for (let made = 0; made < writes; made += 1) {
    const member = prng.below(members);
    const write = prng.chance(0.6) ? sale(prng, member, prng.pick(prices)) : ofTheChain(prng, member, null);
    list.push({ kind: 'other-writer', ...write, atMs: prng.below(windowMs) });
  }
  return list;
}

/** Nobody pays with what is not there; what was topped up may still be waiting. */
export function writeOfOthers(host: KybioHost, { member, balance, point, logged }: OthersWrite): boolean {
  const known = host.members[member];
  if (known === undefined || known.balance + Math.min(0, balance) < 0) return false;
  host.change(known.customerUid, balance, point, logged);
  return true;
}
