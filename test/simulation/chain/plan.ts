import { type Prng, prngOf, weighted } from '../prng.ts';
import type { Kind, Span } from './record.ts';

// A month of a chain, drawn from its seed alone. What comes of it is not in here.

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface ChainSize {
  readonly seed: number;
  readonly shops: number;
  readonly tills: number;
  /** Beside the last one, on which nobody buys and everything is settled. */
  readonly days: number;
  /** Entries of a till and day, at least and at most. */
  readonly entries: readonly [number, number];
  /** At which hours shops open and close. */
  readonly hours: readonly [number, number];
  /** The folder is reached all day, or, as one that is synchronised, around the opening and the closing hour. */
  readonly reach: 'always' | 'now and then';
}

/** The first of a month of 31 days, at midnight of the store. */
export const STARTS_MS = Date.parse('2026-09-30T16:00:00Z');

/** Somebody is at the counter. */
export interface Visit {
  readonly atMs: number;
  readonly do: Kind | 'cancel' | 'look' | 'paid-in' | 'paid-out';
  readonly member: number;
  readonly cents: number;
  readonly tender: string;
  /** The card is scanned though the till knows it. */
  readonly isScanned: boolean;
  /** What the member pays with at KYBIO's own till a little later; nought: nothing. */
  readonly spends: number;
  /** From nought to one: which of the entries it is about. */
  readonly which: number;
}

/** A till's day, its evening with it. */
export interface TillDay extends Span {
  readonly visits: readonly Visit[];
  readonly floatCents: number;
  /** What is missing, or too much, when the drawer is counted; nobody knows why. */
  readonly offCents: number;
  /** The plug is pulled then, and the PC is on again a little later. */
  readonly diesAtMs: number | null;
}

export interface Outage extends Span {
  readonly shop: number;
  readonly kind: 'refused' | 'dns' | 'swallowed' | 'portal' | 'gateway';
}

export type Spoil =
  | 'altered'
  | 'older'
  | 'foreign'
  | 'half'
  | 'huge'
  | 'newer'
  | 'link'
  | 'gone'
  | 'nonsense';

/** What the owner signs, and what else lies there in its place for a while. */
export interface Publishing {
  readonly atMs: number;
  readonly version: number;
  readonly validFromMs: number;
}

/** What happens to one till of the month, and to no other. */
export interface Fates {
  readonly clocks: readonly { readonly till: number; readonly atMs: number; readonly offMs: number }[];
  readonly closedDays: ReadonlyMap<number, readonly number[]>;
  /** Put back from last night's backup on this day, on another PC. */
  readonly restored: readonly { readonly till: number; readonly day: number }[];
  /** A copy of its disk works on another PC on these days. */
  readonly copied: { readonly till: number; readonly fromDay: number; readonly toDay: number } | null;
  /** Has another till's number until somebody sees it. */
  readonly twice: { readonly till: number; readonly other: number; readonly untilDay: number } | null;
  /** Is no part of the chain before this day. */
  readonly late: { readonly till: number; readonly day: number } | null;
}

export interface Plan extends Fates {
  readonly size: ChainSize;
  /** By till and day; null where it stays closed. */
  readonly days: readonly (readonly (TillDay | null)[])[];
  readonly outages: readonly Outage[];
  /** When a shop's way to the folder is cut. */
  readonly cuts: readonly (Span & { readonly shop: number })[];
  readonly published: readonly Publishing[];
  readonly spoils: readonly (Span & { readonly kind: Spoil })[];
  /** Another program's calls. */
  readonly others: readonly number[];
}

export const MEMBERS_A_SHOP = 40;
const REGULAR = 0.9;

const dayStart = (day: number): number => day * DAY_MS;

function drawVisit(prng: Prng, span: Span, shop: number, shops: number): Visit {
  const at = prng.chance(REGULAR) ? shop : prng.below(shops);
  const kind = weighted(prng, {
    'top-up': 74,
    award: 8,
    reversal: 6,
    cancel: 3,
    look: 5,
    'paid-in': 2,
    'paid-out': 2,
  });
  return {
    atMs: prng.between(span.fromMs + 15 * MINUTE_MS, span.toMs - 25 * MINUTE_MS),
    do: kind,
    member: at * MEMBERS_A_SHOP + prng.below(MEMBERS_A_SHOP),
    cents: prng.chance(0.7) ? prng.pick([2_000, 5_000, 5_000, 10_000]) : prng.between(1, 20_000),
    tender: weighted(prng, { cash: 5, card: 3, qr: 2 }),
    isScanned: prng.chance(0.15),
    spends: prng.chance(0.4) ? prng.between(100, 8_000) : 0,
    which: prng.unit(),
  };
}

function drawDay(prng: Prng, size: ChainSize, shop: number, day: number): TillDay {
  const [opens, closes] = size.hours;
  const fromMs = dayStart(day) + (opens - 0.5) * HOUR_MS + prng.below(20 * MINUTE_MS);
  const toMs = dayStart(day) + closes * HOUR_MS + prng.below(30 * MINUTE_MS);
  const visits = Array.from({ length: prng.between(...size.entries) }, () =>
    drawVisit(prng, { fromMs, toMs }, shop, size.shops),
  );
  return {
    ...{ fromMs, toMs, visits: visits.sort((one, other) => one.atMs - other.atMs) },
    floatCents: prng.pick([10_000, 15_000, 20_000]),
    offCents: prng.chance(0.12) ? prng.pick([-500, -120, -10, 5, 60, 2_500]) : 0,
    diesAtMs: prng.chance(0.03) ? prng.between(fromMs + HOUR_MS, toMs - HOUR_MS) : null,
  };
}

/** Different tills of different shops, as long as there are so many. */
function drawFates(prng: Prng, size: ChainSize): Fates {
  const all = size.shops * size.tills;
  // The first is the owner's.
  let next = 1 + prng.below(2);
  const one = () => {
    const till = next % all;
    next += Math.max(1, Math.floor(all / 9));
    return till === 0 ? 1 : till;
  };
  const at = (part: number) => Math.max(1, Math.floor(size.days * part));
  const clocks = [90_000, -7 * MINUTE_MS, 3 * HOUR_MS].map((offMs, index) => ({
    ...{ till: one(), offMs },
    atMs: dayStart(at(0.2 + index / 5)) + 12 * HOUR_MS,
  }));
  const closed = one();
  const from = at(0.3);
  const away = Array.from({ length: Math.min(7, size.days - from - 1) }, (_, index) => from + index);
  const restored = [one(), one()].map((till, index) => ({ till, day: at(0.4 + index / 4) }));
  const copied = { till: one(), fromDay: at(0.5), toDay: at(0.65) };
  const other = one();
  const twice = { till: other, other: (other + size.tills) % all, untilDay: at(0.7) };
  return {
    ...{ clocks, restored, copied, twice },
    closedDays: new Map([[closed, away]]),
    late: { till: one(), day: at(0.35) },
  };
}

function spans(prng: Prng, size: ChainSize, aShop: number, most: number): (Span & { shop: number })[] {
  return Array.from({ length: size.shops }, (_, shop) => shop).flatMap((shop) =>
    Array.from({ length: Math.floor(aShop) + (prng.chance(aShop % 1) ? 1 : 0) }, () => {
      const fromMs =
        dayStart(prng.below(size.days)) + prng.between(size.hours[0], size.hours[1] - 1) * HOUR_MS;
      return { shop, fromMs, toMs: fromMs + prng.between(10, most) * MINUTE_MS };
    }),
  );
}

/** The folder is not reached while a shop is open. */
function betweenHours({ shops, days, hours, reach }: ChainSize): Plan['cuts'] {
  if (reach === 'always') return [];
  const [opens, closes] = hours;
  return Array.from({ length: shops * days }, (_, index) => {
    const day = dayStart(Math.floor(index / shops));
    const shop = index % shops;
    const fromMs = day + opens * HOUR_MS - 5 * MINUTE_MS + shop * 10_000;
    return { shop, fromMs, toMs: day + closes * HOUR_MS + 10 * MINUTE_MS };
  });
}

/** Four changes after the first: two at once, one from a day on, one that is held back by what lies there. */
function drawPublished(prng: Prng, { days }: ChainSize): readonly Publishing[] {
  const at = (part: number) => dayStart(Math.max(1, Math.floor(days * part))) + prng.between(9, 15) * HOUR_MS;
  const soon = [0, at(0.2), at(0.4), at(0.6), at(0.8)];
  return soon.map((atMs, index) => ({
    ...{ atMs, version: index + 1 },
    validFromMs: index === 2 ? STARTS_MS + (Math.floor(atMs / DAY_MS) + 1) * DAY_MS : 0,
  }));
}

const spoilKinds = [
  'altered',
  'older',
  'foreign',
  'half',
  'huge',
  'newer',
  'link',
  'gone',
  'nonsense',
] as const;

export function drawPlan(size: ChainSize): Plan {
  const prng = prngOf('chain', size.seed);
  const fates = drawFates(prng.fork('fates'), size);
  const tills = Array.from({ length: size.shops * size.tills }, (_, till) => till);
  const days = tills.map((till) =>
    Array.from({ length: size.days }, (_, day) => {
      const isAway = fates.closedDays.get(till)?.includes(day) === true;
      const drawn = drawDay(prng.fork('day', till, day), size, Math.floor(till / size.tills), day);
      return isAway ? null : drawn;
    }),
  );
  const outages = spans(prng.fork('outages'), size, size.days / 6, 240);
  const spoils = spoilKinds.map((kind, index) => {
    const own = prng.fork('spoil', index);
    // On the first day tills join.
    const day = 1 + Math.floor((index * (size.days - 1)) / spoilKinds.length);
    const fromMs = dayStart(day) + own.between(8, 16) * HOUR_MS;
    return { kind, fromMs, toMs: fromMs + own.between(10, 120) * MINUTE_MS };
  });
  return {
    ...{ size, ...fates, days, spoils },
    outages: outages.map((span) => ({
      ...span,
      kind: prng.pick(['refused', 'dns', 'swallowed', 'portal', 'gateway'] as const),
    })),
    cuts: [...spans(prng.fork('cuts'), size, size.days / 8, 400), ...betweenHours(size)],
    published: drawPublished(prng.fork('published'), size),
    others: Array.from({ length: size.days * size.shops * 2 }, () => prng.below(size.days * DAY_MS)),
  };
}
