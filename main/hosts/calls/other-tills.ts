/** A day of a till: entries made at it, and its calls for all purposes. */
export interface SoldDay {
  readonly day: string;
  readonly entries: number;
  readonly calls: number;
}

/** An earlier day of which it is known how many calls the whole account made. */
export interface CountedDay {
  readonly day: string;
  readonly used: number;
}

/** What another till of the account has last said of itself in the chain's folder (ADR 92). */
export interface OtherTill {
  readonly number: number;
  /** When this till last saw it say something else, by its own clock. */
  readonly heardAtMs: number;
  /** Calls that its entries still need today, by its own hours; those that wait are among them. */
  readonly needed: number;
  /** Two weeks at most, with today. */
  readonly days: readonly SoldDay[];
  /** What it knows of the whole account's earlier days. */
  readonly counted: readonly CountedDay[];
}

export interface OwnDays {
  readonly limit: number;
  readonly tillNumber: number;
  /** As declared. */
  readonly tillCount: number;
  readonly today: string;
  readonly nowMs: number;
  readonly days: readonly SoldDay[];
  readonly counted: readonly CountedDay[];
}

/** The account's other tills, as far as they are heard of. */
export interface OthersCalls {
  /** Among how many the account's calls are shared: as declared, or more where more are heard of. */
  readonly tillCount: number;
  /** Calls that others say they have made today. */
  readonly used: number;
  /** Calls of all others on each earlier day of which any tells that was heard of in the last days. */
  readonly before: ReadonlyMap<string, number>;
  /** Null where none is heard of now: each has an equal part. */
  readonly heard: {
    /** Calls left today to this till and those heard of, before this one's are taken off. */
    readonly left: number;
    /** Every till that is known of is. */
    readonly isAll: boolean;
    /** What the rest of the day needs at those heard of. */
    readonly needed: number;
    /** This till's part of what is left beyond what all of them need. */
    readonly part: number;
  } | null;
}

/** A till states itself every five minutes, and a folder may take a while. */
const HEARD_MS = 1_800_000;
/** After so long without a word, while others are heard of, nothing is kept for a till. */
const RETIRED_MS = 3 * 86_400_000;
/** No till makes so many times the account's calls, refused ones included. */
const ABSURD = 4;

const BUSY = 0.9;

/** Enough for nine of ten days on which anything was sold, and for today. */
function busyDay(days: readonly SoldDay[], today: string): number {
  const sold = days.filter(({ day, entries }) => day < today && entries > 0).map(({ entries }) => entries);
  sold.sort((one, other) => one - other);
  return Math.max(sold[Math.ceil(sold.length * BUSY) - 1] ?? 0, entriesOn(days, today));
}

const entriesOn = (days: readonly SoldDay[], on: string): number =>
  days.find(({ day }) => day === on)?.entries ?? 0;
const callsOn = (days: readonly SoldDay[], on: string): number =>
  days.find(({ day }) => day === on)?.calls ?? 0;

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/** What cannot be so is not believed, and neither is anything else that the till says. */
function believable(others: readonly OtherTill[], limit: number): readonly OtherTill[] {
  const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0 && count <= ABSURD * limit;
  return others.map((of) => {
    const isSo = of.days.every(({ entries, calls }) => isCount(entries) && isCount(calls));
    const isAll = isSo && isCount(of.needed) && of.counted.every(({ used }) => isCount(used));
    return isAll ? of : { ...of, needed: 0, days: [], counted: [] };
  });
}

/** A state of the future counts as now. */
const silentMs = ({ heardAtMs }: OtherTill, { nowMs }: OwnDays): number => Math.max(0, nowMs - heardAtMs);

/** Tills that say something now, those that may sell unheard, and how many of those declared have gone. */
function sortOut(others: readonly OtherTill[], own: OwnDays) {
  const { tillNumber, tillCount, today } = own;
  // A state of another day's date has another clock than this till.
  const isToday = ({ days }: OtherTill) =>
    days.some(({ day }) => day === today) && days.every(({ day }) => day <= today);
  const heard = others.filter((of) => silentMs(of, own) <= HEARD_MS && isToday(of));
  const numbers = new Set([tillNumber, ...heard.map(({ number }) => number)]);
  const silent: OtherTill[] = [];
  let retired = 0;
  for (const of of others.filter((one) => !heard.includes(one)).sort((a, b) => b.heardAtMs - a.heardAtMs)) {
    // A till that was set up anew has its number, and a state of its own.
    if (numbers.has(of.number)) continue;
    numbers.add(of.number);
    // Where nobody is heard of, the folder may be what is gone.
    const isGone = heard.length > 0 && silentMs(of, own) > RETIRED_MS;
    if (!isGone) silent.push(of);
    // One with a number beyond those declared is none of them.
    else if (of.number <= tillCount) retired += 1;
  }
  return { heard, silent, retired };
}

/** Calls of an earlier day that were none of these tills', on the worst of the days that any of them knows. */
function outsideOf(tills: readonly Pick<OtherTill, 'days' | 'counted'>[], today: string): number {
  const told = new Map<string, number>();
  for (const { counted } of tills)
    for (const { day, used } of counted) if (day < today) told.set(day, Math.max(used, told.get(day) ?? 0));
  return [...told].reduce(
    (most, [day, used]) => Math.max(most, used - sum(tills.map(({ days }) => callsOn(days, day)))),
    0,
  );
}

function callsBefore(others: readonly OtherTill[], today: string, byUnseen: number) {
  const before = new Map<string, number>();
  for (const { days } of others)
    for (const { day, calls } of days)
      if (day < today) before.set(day, (before.get(day) ?? byUnseen) + calls);
  return before;
}

/** What this till may know of the account's calls by what the others say of themselves. */
export function callsOfOthers(all: readonly OtherTill[], own: OwnDays): OthersCalls {
  const { limit, today } = own;
  const others = believable(all, limit);
  const { heard, silent, retired } = sortOut(others, own);
  const seen = 1 + heard.length + silent.length;
  const tillCount = Math.max(seen, own.tillCount - retired);
  const used = sum(others.map(({ days }) => callsOn(days, today)));
  const equal = Math.floor(limit / tillCount);
  // Whoever is not heard of at all is among those whose calls are none of these tills'.
  const keptForUnseen = Math.max(outsideOf([own, ...others], today), (tillCount - seen) * equal);
  const lately = others.filter((of) => silentMs(of, own) <= RETIRED_MS);
  const before = callsBefore(lately, today, keptForUnseen);
  if (heard.length === 0) return { tillCount, used, before, heard: null };

  const keptForSilent = sum(silent.map(({ days }) => Math.max(equal, callsOn(days, today))));
  const usedByHeard = sum(heard.map(({ days }) => callsOn(days, today)));
  const sells = heard.map(({ days }) => busyDay(days, today));
  const mine = busyDay(own.days, today);
  return {
    tillCount,
    used,
    before,
    heard: {
      left: limit - usedByHeard - keptForSilent - keptForUnseen,
      isAll: silent.length === 0,
      // No more than there is.
      needed: Math.min(limit, sum(heard.map(({ needed }) => needed))),
      // One more for each: before anything is sold the parts are equal.
      part: (mine + 1) / (mine + 1 + sum(sells) + sells.length),
    },
  };
}
