import { type Prng, prngOf, weighted } from '../prng.ts';
import type { World } from './worlds.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A week, Monday first, and three days more that are quiet: what a week leaves behind may go in them. */
const BUSY = [0.8, 0.8, 0.85, 0.9, 1.1, 1.4, 1.15, 0.6, 0.6, 0.6] as const;
export const DAYS = BUSY.length;
const WEEK_DAYS = 7;
export const dayOf = (atMs: number): number => Math.floor(atMs / DAY_MS);

const OPENS = 10;
const CLOSES = 22;
/** How many of a day's come in each hour from 10 to 22. */
const BY_HOUR = {
  10: 2,
  11: 3,
  12: 5,
  13: 6,
  14: 4,
  15: 3,
  16: 3,
  17: 5,
  18: 8,
  19: 9,
  20: 7,
  21: 4,
} as const;
/** How often a top-up brings so many look-ups: its own, and of others who ask what they have. */
const LOOK_UPS = { 0: 15, 1: 50, 2: 25, 3: 10 } as const;
/** Who scans a card that the till keeps, and wants to know what KYBIO says of it now. */
const ASKS = 0.2;
/** The share of regulars among a till's customers; the others are any member. */
const REGULAR = 0.6;
const REGULARS_A_TOP_UP = 8;

export interface LookedUp {
  readonly atMs: number;
  readonly member: number;
  readonly isAsked: boolean;
}

/** Somebody pays for a top-up; with `scan` the card is looked up first, without it a member who is kept is picked. */
export interface Visit {
  readonly entry: number;
  readonly till: number;
  readonly atMs: number;
  readonly member: number;
  readonly cents: number;
  readonly scan: LookedUp | null;
  readonly others: readonly LookedUp[];
  /** What the member pays with it again, and when. */
  readonly spends: { readonly atMs: number; readonly cents: number } | null;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TillDays {
  /** When its program runs: the PC is on at night, or is not. */
  readonly on: readonly Span[];
  /** When its line is broken. */
  readonly away: readonly Span[];
}

export interface Demand {
  readonly visits: readonly Visit[];
  readonly tills: readonly TillDays[];
  /** Calls of the other program; those that credit somebody name whom. */
  readonly terminal: readonly { readonly atMs: number; readonly member: number | null }[];
}

export const isWithin = (spans: readonly Span[], atMs: number): boolean =>
  spans.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);

function drawTimes(prng: Prng, day: number, count: number): number[] {
  const times = Array.from({ length: count }, () => {
    const hour = Number(weighted(prng, BY_HOUR));
    return day * DAY_MS + hour * HOUR_MS + prng.below(HOUR_MS);
  });
  return times.sort((one, other) => one - other);
}

function drawTill({ outagesAWeek, isKybioAway }: World, prng: Prng): TillDays {
  const isOffAtNight = prng.chance(0.5);
  const on = isOffAtNight
    ? BUSY.map((_, day) => ({
        fromMs: day * DAY_MS + (OPENS - 0.5) * HOUR_MS + prng.below(1_200_000),
        toMs: day * DAY_MS + (CLOSES + 0.25) * HOUR_MS + prng.below(600_000),
      }))
    : [{ fromMs: prng.below(600_000), toMs: DAYS * DAY_MS }];
  const outages = Math.floor(outagesAWeek) + (prng.chance(outagesAWeek % 1) ? 1 : 0);
  const away = Array.from({ length: outages }, () => {
    const fromMs = prng.below(WEEK_DAYS) * DAY_MS + (OPENS + prng.unit() * 11) * HOUR_MS;
    return { fromMs, toMs: fromMs + (0.3 + prng.unit() * 4) * HOUR_MS };
  });
  // Wednesday, from five to nearly nine, KYBIO is away.
  const kybio = { fromMs: 2 * DAY_MS + 17 * HOUR_MS, toMs: 2 * DAY_MS + 20.8 * HOUR_MS };
  return { on, away: isKybioAway ? [...away, kybio] : away };
}

/** Everything that will be wanted, whatever the tills do. */
export function drawDemand(world: World, seed: number): Demand {
  const visits: Visit[] = [];
  const tills: TillDays[] = [];
  for (let till = 0; till < world.tills; till += 1) {
    const prng = prngOf('weeks', world.name, seed, till);
    tills.push(drawTill(world, prng));
    const topUpsADay = world.topUpsADay * (world.sells[till % world.sells.length] ?? 1);
    const regulars = Array.from({ length: REGULARS_A_TOP_UP * topUpsADay }, () => prng.below(world.members));
    const drawMember = () => (prng.chance(REGULAR) ? prng.pick(regulars) : prng.below(world.members));
    for (const [day, busy] of BUSY.entries()) {
      const count = Math.round(topUpsADay * busy * (0.9 + prng.unit() * 0.2));
      for (const atMs of drawTimes(prng, day, count)) {
        const lookUps = Number(weighted(prng, LOOK_UPS));
        const member = drawMember();
        const cents = prng.pick([1_000, 2_000, 5_000, 10_000]);
        visits.push({
          ...{ entry: 0, till, atMs, member, cents },
          scan: lookUps > 0 ? { atMs, member, isAsked: prng.chance(ASKS) } : null,
          others: Array.from({ length: Math.max(0, lookUps - 1) }, () => ({
            atMs: atMs + 60_000 + prng.below(900_000),
            member: drawMember(),
            isAsked: prng.chance(ASKS),
          })),
          spends: prng.chance(0.4)
            ? { atMs: atMs + 300_000 + prng.below(3 * HOUR_MS), cents: 100 * prng.between(3, 60) }
            : null,
        });
      }
    }
  }
  visits.sort((one, other) => one.atMs - other.atMs || one.till - other.till);
  const numbered = visits.map((visit, entry) => ({ ...visit, entry }));
  return { visits: numbered, tills, terminal: drawTerminal(world, prngOf('terminal', world.name, seed)) };
}

function drawTerminal({ quota, terminalShare, members }: World, prng: Prng): Demand['terminal'] {
  return BUSY.flatMap((_, day) =>
    drawTimes(prng, day, Math.round(quota * terminalShare)).map((atMs) => ({
      atMs,
      member: prng.chance(0.5) ? prng.below(members) : null,
    })),
  );
}
