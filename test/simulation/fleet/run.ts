import { type Prng, prngOf } from '../prng.ts';
import { type ChainHost, createChainHost } from './chain-host.ts';
import { createEvents } from './events.ts';
import { createFleetTill, type FleetTill } from './fleet-till.ts';
import type { Policy } from './policies.ts';

export interface FleetOptions {
  readonly policy: Policy;
  readonly seed: number;
  readonly tills: number;
  readonly entriesEach: number;
  /** What KYBIO allows, and what the tills are told of it where that is something else. */
  readonly callsASecond: number;
  readonly toldCallsASecond?: number;
  readonly toldTills?: number;
  /** Calls that the account has a day, for each entry. */
  readonly quotaAnEntry: number;
  readonly lostReplies: number;
  readonly looksFirst: boolean;
  /** Most clocks are off by seconds, one in a hundred by as many minutes. */
  readonly clocksOffMs: number;
  /** Some tills are of an older version, which goes by this. */
  readonly older?: { readonly share: number; readonly policy: Policy };
  /** Something happens, so long after the network is back. */
  readonly happens?: { readonly afterMs: number; readonly do: (host: ChainHost) => void };
  /** Shops are open: each makes an entry as often as this, as long as the whole chain is not drained. */
  readonly tradesEveryMs?: number;
  readonly sendsAgain?: boolean;
  /** Given up after so much virtual time. */
  readonly longestMs: number;
}

export interface FleetFigures {
  readonly policy: string;
  readonly seed: number;
  /** Most calls within any second, as a share of what is allowed. */
  readonly peak: number;
  /** Until nothing is open, as a share of what the calls take at the full rate; infinite where that was not reached. */
  readonly drained: number;
  /** When the slowest till had sent all, as a share of when the median had. */
  readonly slowest: number;
  readonly doubled: number;
  readonly neverCredited: number;
  readonly calls: number;
  readonly refused: number;
  readonly beyondQuota: number;
  /** The 99th percentile of the time to settled, of entries made since the network is back. */
  readonly freshP99Ms: number | null;
  /** Calls in each ten seconds since the network is back, and entries that were settled by their ends. */
  readonly curve: { readonly calls: readonly number[]; readonly settled: readonly number[] };
}

/** 27 November 2026, so long before midnight that no run meets it unasked. */
const START_UNIX_MS = Date.UTC(2026, 10, 27, 2);
const OUTAGE_HOURS = 6;
/** The end of the outage alone is simulated: long enough for every till to have tried, and to wait. */
const BACK_AT_MS = 180_000;
const CURVE_MS = 10_000;

/** Half of the tills are told by their system that the network is back, a fifth were without power and start then. */
const TOLD = 0.5;
const STARTED = 0.2;
const STARTS_WITHIN_MS = 60_000;

const drawOff = (prng: Prng, clocksOffMs: number): number => {
  const off = (prng.unit() + prng.unit() + prng.unit() - 1.5) * clocksOffMs;
  return Math.round(prng.chance(0.01) ? off * 60 : off);
};

function openTills(options: FleetOptions, events: ReturnType<typeof createEvents>, host: ChainHost) {
  const { policy, seed, tills, entriesEach, callsASecond } = options;
  const { toldCallsASecond = callsASecond, toldTills = tills } = options;
  let entry = 0;
  return Array.from({ length: tills }, (_, index): FleetTill => {
    const prng = prngOf('fleet', seed, index);
    const clockOffMs = drawOff(prng, options.clocksOffMs);
    const isOlder = prng.chance(options.older?.share ?? 0);
    const till = createFleetTill({
      ...{ events, host, prng, clockOffMs, startUnixMs: START_UNIX_MS },
      policy: isOlder ? (options.older?.policy ?? policy) : policy,
      pace: { callsASecond: toldCallsASecond, tills: toldTills, till: index + 1 },
      heardSkewMs: Math.round(prng.unit() * 1_000 - 500 - clockOffMs),
      looksFirst: options.looksFirst,
      sendsAgain: options.sendsAgain ?? false,
    });
    const make = (ageMs: number) => {
      entry += 1;
      till.add(entry, ageMs);
    };
    const isStarted = prng.chance(STARTED);
    const startsAtMs = isStarted
      ? BACK_AT_MS + prng.unit() * STARTS_WITHIN_MS
      : (prng.unit() * BACK_AT_MS) / 3;
    events.after(startsAtMs, () => {
      for (let made = 0; made < entriesEach; made += 1)
        make(((entriesEach - made) / entriesEach) * OUTAGE_HOURS * 3_600_000);
      till.start(!isStarted);
      const { tradesEveryMs } = options;
      if (tradesEveryMs === undefined) return;
      const trade = () => {
        if (till.settled.length >= entriesEach * 2) return;
        make(0);
        events.after(tradesEveryMs * (0.5 + prng.unit()), trade);
      };
      events.after(BACK_AT_MS + prng.unit() * tradesEveryMs, trade);
    });
    if (!isStarted && prng.chance(TOLD)) events.after(BACK_AT_MS + 1, till.networkIsBack);
    return till;
  });
}

/** Most calls that came within any second. */
export function mostInASecond(calls: readonly number[]): number {
  let [most, from] = [0, 0];
  for (const [at, callMs] of calls.entries()) {
    while (callMs - (calls[from] ?? callMs) >= 1_000) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

const histogram = (moments: readonly number[]): number[] => {
  const counts: number[] = [];
  for (const atMs of moments) {
    const at = Math.floor((atMs - BACK_AT_MS) / CURVE_MS);
    while (counts.length <= at) counts.push(0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
};

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;

/** A chain comes back from an outage; one seed, one run. */
export function runFleet(options: FleetOptions): FleetFigures {
  const { seed, tills, entriesEach, callsASecond, quotaAnEntry, lostReplies, looksFirst } = options;
  const events = createEvents();
  const limits = {
    ...{ callsASecond, lostReplies, retryAfterMs: 10_000 },
    callsADay: quotaAnEntry * tills * entriesEach,
  };
  const host = createChainHost(events, limits, START_UNIX_MS, prngOf('host', seed));
  const all = openTills(options, events, host);
  events.after(BACK_AT_MS, () => host.setReachable(true));
  if (options.happens !== undefined) {
    const { do: act, afterMs } = options.happens;
    events.after(BACK_AT_MS + afterMs, () => act(host));
  }
  const untilMs = BACK_AT_MS + options.longestMs;
  let open = true;
  for (let steps = 0; open && events.step(untilMs); steps += 1) {
    if (steps % 1_000 === 0)
      open = events.now() < BACK_AT_MS + STARTS_WITHIN_MS || all.some((till) => till.open > 0);
  }
  return figuresOf(options, host, all, (tills * entriesEach * (looksFirst ? 2 : 1)) / callsASecond);
}

function figuresOf(
  { policy, seed, tills, entriesEach, callsASecond }: FleetOptions,
  { record }: ChainHost,
  all: readonly FleetTill[],
  idealSeconds: number,
): FleetFigures {
  const since = ({ atMs }: { readonly atMs: number }) => (atMs - BACK_AT_MS) / 1_000;
  // When the last entry of the outage was settled; what was made since is told apart.
  const ends = all.map(({ settled, open }) =>
    open > 0 ? Number.POSITIVE_INFINITY : Math.max(...settled.slice(0, Math.max(entriesEach, 1)).map(since)),
  );
  const settled = all.flatMap((till) => till.settled);
  const fresh = settled
    .filter(({ atMs, afterMs }) => atMs - afterMs > BACK_AT_MS)
    .map(({ afterMs }) => afterMs);
  const last = settled.map(since).reduce((most, one) => Math.max(most, one), 0);
  const isDrained = all.every(({ open }) => open === 0);
  let total = 0;
  return {
    ...{ policy: policy.name, seed },
    peak: mostInASecond(record.calls) / callsASecond,
    drained: isDrained ? last / idealSeconds : Number.POSITIVE_INFINITY,
    slowest: percentile(ends, 1 - 1 / tills) / percentile(ends, 0.5),
    doubled: [...record.credited.values()].filter((times) => times > 1).length,
    neverCredited: tills * entriesEach - [...record.credited.keys()].length,
    calls: record.calls.length,
    refused: record.refused,
    beyondQuota: record.beyondQuota,
    freshP99Ms: fresh.length === 0 ? null : percentile(fresh, 0.99),
    curve: {
      calls: histogram(record.calls),
      settled: histogram(settled.map(({ atMs }) => atMs)).map((count) => {
        total += count;
        return total;
      }),
    },
  };
}
