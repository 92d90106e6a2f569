import { type BrokenHow, brokenEvents } from './broken-call.ts';
import { type CopiedMachine, copiedEvents, copiedRelies, sameNumberEvents } from './copied-disk.ts';
import { drawHost, drawTime } from './drawn-host.ts';
import type { FaultBounds, OutageKind } from './faults.ts';
import type { HostTruth } from './kybio-host.ts';
import { busiest, type OthersWrite, othersIn, shopsDay } from './others.ts';
import { type Prng, prngOf, weighted } from './prng.ts';
import { drawProxy, forProxy, type Middlebox } from './proxy.ts';
import { shopEvents } from './shop.ts';
import type { TimerMode } from './virtual-time.ts';

/**
 * What the till may rely on; the seed draws one. `beyond` breaks the bounds: doubles must be detected there. `broken`:
 * as `nothing`, with an increment call that is broken for hours. `proxy`: as `nothing`, behind a box that answers in
 * KYBIO's place, and nobody else writes. `copied`: any of the first three, with a disk that is copied as a whole.
 * `same-number`: as `duplicates`, with another till of our number. `shop`: as `duplicates`, `log` or `nothing`, over a
 * whole day in which little goes wrong. Others write all the time, but for `proxy`.
 */
export type ProfileName =
  | 'duplicates'
  | 'log'
  | 'nothing'
  | 'beyond'
  | 'broken'
  | 'proxy'
  | 'copied'
  | 'same-number'
  | 'shop';
export const profileNames: readonly ProfileName[] = [
  'duplicates',
  'log',
  'nothing',
  'beyond',
  'broken',
  'proxy',
  'copied',
  'same-number',
  'shop',
];

export type Happening =
  | {
      readonly kind: 'top-up';
      readonly member: number;
      /** Hundredths. */
      readonly balance: number;
      readonly point: number;
      readonly lookUp: boolean;
      readonly pressedTwice: boolean;
    }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'reverse' }
  /** `deathIn` statements from now, or at once. */
  | { readonly kind: 'crash'; readonly deathIn: number; readonly downMs: number }
  | { readonly kind: 'restart'; readonly downMs: number }
  | { readonly kind: 'sleep'; readonly forMs: number }
  | { readonly kind: 'jump'; readonly byMs: number; readonly backAfterMs: number | null }
  | { readonly kind: 'outage'; readonly outage: OutageKind; readonly forMs: number }
  | ({ readonly kind: 'other-writer' } & OthersWrite)
  | { readonly kind: 'key'; readonly noticedAfterMs: number }
  | { readonly kind: 'restore'; readonly afterMs: number }
  | { readonly kind: 'disk-full'; readonly forMs: number }
  | { readonly kind: 'network-changed' }
  | { readonly kind: 'flapping'; readonly everyMs: number; readonly forMs: number }
  | { readonly kind: 'lost-log'; readonly ofLastMs: number }
  | { readonly kind: 'broken-call'; readonly how: BrokenHow; readonly forMs: number }
  /** The whole disk is copied, heads and keyring too. */
  | { readonly kind: 'image' }
  /** The copy takes the disk's place; `keeps`: what was there becomes the copy. */
  | { readonly kind: 'put-image'; readonly keeps: boolean; readonly machine: CopiedMachine }
  /** Another till of our number takes the second of what is on its way. */
  | { readonly kind: 'second-taken' }
  | { readonly kind: 'hurry' };

export type Event = Happening & { readonly index: number; readonly atMs: number };

/**
 * Who comes. `ordinary`: many members, each now and then; `regulars`: the same few again and again, so that
 * several of one member are open at once; `busy`: others write so often that movement is often wrong.
 */
export type Crowd = 'ordinary' | 'regulars' | 'busy';

export interface Scenario {
  readonly seed: number;
  readonly profile: ProfileName;
  readonly truth: HostTruth;
  /** The JSON of the settings `host.profile` and `policy`. */
  readonly settings: { readonly hostProfile: unknown; readonly policy: unknown };
  readonly timers: TimerMode;
  readonly startUnixMs: number;
  readonly storeTimeZone: string;
  readonly members: number;
  readonly faultRate: number;
  readonly readFaultRate: number;
  readonly bounds: FaultBounds;
  readonly managerEveryMs: number;
  /** Somebody at the till insists this often that an entry goes that is held back; null = nobody does. */
  readonly insistsEveryMs: number | null;
  /** What answers in KYBIO's place; null = nothing does. */
  readonly proxy: Middlebox | null;
  readonly crowd: Crowd;
  readonly events: readonly Event[];
}

const MINUTE = 60_000;

/** Longest time between a sender's giving up and the arrival; quiescence is 150 s. */
const LONGEST_DELAY_MS = 140_000;

const amounts = [1_000, 2_000, 5_000, 10_000];

const drawAmount = (prng: Prng): number => (prng.chance(0.7) ? prng.pick(amounts) : prng.between(1, 20_000));

/** A few regulars come again and again. */
const drawMember = (prng: Prng, { members, crowd }: { members: number; crowd: Crowd }): number =>
  prng.below(crowd !== 'ordinary' && prng.chance(0.3) ? Math.min(3, members) : members);

function topUp(prng: Prng, member: number): Extract<Happening, { kind: 'top-up' }> {
  const isAward = prng.chance(0.15);
  const hasPoints = isAward || prng.chance(0.3);
  return {
    kind: 'top-up',
    member,
    balance: isAward ? 0 : drawAmount(prng),
    point: hasPoints ? prng.pick([100, 500, 1_000]) : 0,
    lookUp: prng.chance(0.12),
    pressedTwice: prng.chance(0.05),
  };
}

/** One that dies again and again is soon started again: who is down cannot die. */
function crash(prng: Prng, dies: boolean): Happening {
  const downMs = prng.chance(dies ? 0.95 : 0.7) ? prng.between(100, 5_000) : prng.between(5_000, 240_000);
  return { kind: 'crash', deathIn: prng.chance(0.75) ? prng.between(1, 120) : 0, downMs };
}

/** Things that happen to a till once in a while; each run has some of them. */
function rareHappenings(prng: Prng, lengthMs: number): (Happening & { atMs: number })[] {
  const list: (Happening & { atMs: number })[] = [];
  const at = () => prng.below(lengthMs);
  if (prng.chance(0.25)) {
    const outage = prng.pick(['refused', 'dns', 'swallowed', 'portal', 'gateway'] as const);
    const forMs = prng.chance(0.9) ? prng.between(20_000, 8 * MINUTE) : prng.between(60, 240) * MINUTE;
    list.push({ kind: 'outage', outage, forMs, atMs: at() });
  }
  if (prng.chance(0.2)) list.push({ kind: 'sleep', forMs: prng.between(5_000, 60 * MINUTE), atMs: at() });
  if (prng.chance(0.25)) list.push({ kind: 'restart', downMs: prng.between(1_000, MINUTE), atMs: at() });
  if (prng.chance(0.15)) {
    const byMs = prng.pick([-1, 1]) * prng.between(1_000, prng.chance(0.5) ? MINUTE : 120 * MINUTE);
    const backAfterMs = prng.chance(0.7) ? prng.between(5_000, 10 * MINUTE) : null;
    list.push({ kind: 'jump', byMs, backAfterMs, atMs: at() });
  } else if (prng.chance(0.08)) {
    list.push({ kind: 'restore', afterMs: prng.between(4 * MINUTE, 10 * MINUTE), atMs: at() });
  }
  if (prng.chance(0.08))
    list.push({ kind: 'key', noticedAfterMs: prng.between(10_000, 5 * MINUTE), atMs: at() });
  if (prng.chance(0.15)) list.push({ kind: 'disk-full', forMs: prng.between(500, 2 * MINUTE), atMs: at() });
  if (prng.chance(0.3)) list.push({ kind: 'network-changed', atMs: at() });
  if (prng.chance(0.3)) list.push({ kind: 'hurry', atMs: at() });
  return list;
}

interface World extends Pick<Scenario, 'profile' | 'members' | 'crowd'> {
  /** Whether anybody but this till writes. */
  readonly isShared: boolean;
}

function drawEvents(prng: Prng, world: World): readonly Event[] {
  const day = drawList(prng, world);
  const list = world.profile === 'proxy' ? forProxy(prng.fork('proxy'), day) : day;
  const rates = world.crowd === 'busy' ? busiest : shopsDay;
  if (world.isShared) list.push(...othersIn(prng.fork('others'), day, world.members, rates));
  list.sort((left, right) => left.atMs - right.atMs);
  return list.map((event, index): Event => ({ ...event, index }));
}

function drawList(prng: Prng, world: World): (Happening & { atMs: number })[] {
  const { members, profile } = world;
  // Made anew each time, and never a reversal: what another copy has taken back moved nothing that could be seen.
  const parts = { members, topUp: (member: number) => topUp(prng, member) };
  if (profile === 'broken') return brokenEvents(prng, members);
  if (profile === 'copied') return copiedEvents(prng, parts);
  if (profile === 'shop') return shopEvents(prng, parts);
  return profile === 'same-number' ? sameNumberEvents(prng, parts) : drawDay(prng, world);
}

function drawDay(prng: Prng, world: World): (Happening & { atMs: number })[] {
  // Ordinarily nearly every member comes once.
  const isOrdinary = world.crowd === 'ordinary';
  // A till that dies over and over has a short day: every start looks at all that it has.
  const dies = world.profile !== 'beyond' && prng.chance(0.25);
  const most = isOrdinary ? prng.between(60, world.members) : prng.between(90, 150);
  const entries = dies ? prng.between(12, 25) : most;
  const spacingMs = prng.pick([300, 1_000, 3_000, 8_000]);
  const lengthMs = entries * spacingMs;
  const list: (Happening & { atMs: number })[] = [];
  for (let made = 0; made < entries; made += 1)
    list.push({
      ...topUp(prng, isOrdinary && prng.chance(0.95) ? made : drawMember(prng, world)),
      atMs: prng.below(lengthMs),
    });
  for (let made = 0; made < entries / 20; made += 1)
    list.push({ kind: prng.pick(['cancel', 'reverse'] as const), atMs: prng.below(lengthMs) });
  const crashes = world.profile === 'beyond' ? 0 : prng.pick(dies ? [14, 15, 17, 20] : [0, 0, 1, 2]);
  for (let made = 0; made < crashes; made += 1)
    list.push({ ...crash(prng, dies), atMs: prng.below(lengthMs + 10 * MINUTE) });
  // Beyond the bounds one thing is asked only: is a double noticed?
  if (world.profile !== 'beyond') list.push(...rareHappenings(prng, lengthMs));
  return list;
}

export interface ScenarioOptions {
  readonly profile?: ProfileName;
}

/** What the till relies on there, where that is not the profile itself. */
function reliesOf(prng: Prng, profile: ProfileName): ProfileName {
  if (profile === 'copied') return copiedRelies(prng.fork('copied'));
  if (profile === 'shop') return prng.fork('shop').pick(['duplicates', 'log', 'nothing'] as const);
  return profile === 'same-number' ? 'duplicates' : profile;
}

/** How often a sending and a read go wrong, and how often somebody looks in or is impatient. */
function drawTroubles(prng: Prng, profile: ProfileName) {
  const isCopied = profile === 'copied' || profile === 'same-number';
  // What goes wrong there is the broken call alone.
  const isBroken = profile === 'broken';
  const drawn = {
    faultRate: isBroken ? 0 : isCopied ? prng.pick([0, 0.1, 0.25]) : prng.pick([0.25, 0.4, 0.53, 0.68]),
    readFaultRate: isBroken ? 0 : prng.pick([0, 0.05, 0.15, 0.3]),
    managerEveryMs: prng.between(60_000, 600_000),
    // Mostly somebody impatient: a queue that stands still for hours meets nothing else of a run.
    insistsEveryMs: isBroken
      ? null
      : prng.fork('insists').pick(isCopied ? [60_000] : [1_000, 1_000, 2_000, 20_000]),
  };
  // One in five hundred loses its answer: that is every other fault there is.
  return profile === 'shop'
    ? { ...drawn, faultRate: 0.004, readFaultRate: 0.01, insistsEveryMs: 60_000 }
    : drawn;
}

const drawnCrowd = (prng: Prng, profile: ProfileName): Crowd => {
  const drawn = weighted(prng, { ordinary: 2, regulars: 1, busy: 1 });
  if (profile === 'proxy') return 'regulars';
  const hasADayOfItsOwn = ['broken', 'copied', 'same-number', 'shop'].includes(profile);
  return hasADayOfItsOwn ? 'ordinary' : drawn;
};

/** The whole run, drawn from one number. */
export function drawScenario(seed: number, options: ScenarioOptions = {}): Scenario {
  const prng = prngOf('run', seed);
  const drawn = weighted(prng, { duplicates: 1, log: 1, nothing: 1 });
  const profile = options.profile ?? drawn;
  const relies = reliesOf(prng, profile);
  const host = drawHost(prng, relies);
  const timers = weighted(prng, { exact: 85, late: 5, early: 5, any: 5 });
  const crowd = drawnCrowd(prng, profile);
  const members = crowd === 'ordinary' ? prng.between(70, 95) : prng.between(6, 30);
  const beyond = profile === 'beyond';
  const isShared = profile !== 'proxy';
  return {
    seed,
    profile,
    ...host,
    timers,
    ...drawTime(prng),
    members,
    ...drawTroubles(prng, profile),
    bounds: {
      refusesDuplicates: host.truth.refusesDuplicates,
      longestDelayMs: beyond ? 600_000 : LONGEST_DELAY_MS,
      beyondBounds: beyond,
    },
    proxy: profile === 'proxy' ? drawProxy(prng.fork('proxy')) : null,
    crowd,
    events: drawEvents(prng, { profile, members, crowd, isShared }),
  };
}
