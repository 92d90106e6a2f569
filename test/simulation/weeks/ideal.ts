import { DAYS, type Demand, dayOf, isWithin } from './demand.ts';
import type { World } from './worlds.ts';

/** What could be had by whoever knew all demand before. */
export interface Ideal {
  /** By day: its entries that arrived on it, and the day on which none made until then waits. */
  readonly sameDay: readonly number[];
  readonly goneBy: readonly number[];
  /** Calls that each day wants, the terminal's among them, and what was made before and had to wait. */
  readonly wanted: readonly number[];
  /** Who asked, and for whom no call was left. */
  readonly unanswered: number;
  /** Cards that nobody knew while the line was broken. */
  readonly turnedAway: number;
  readonly arrived: number;
}

interface Day {
  /** Entries whose line was there on this day after they were made, and those that can go on the next one only. */
  now: number;
  later: number;
  /** Look-ups of cards that the till does not keep, for a top-up; and those who only ask. */
  unknown: number;
  asks: number;
  terminal: number;
  turnedAway: number;
}

/** What each day wants of an account whose tills keep whom they have once looked up, and read no directory. */
function wanted({ visits, tills, terminal }: Demand, { members }: World): readonly Day[] {
  const days: Day[] = Array.from({ length: DAYS }, () => ({
    now: 0,
    later: 0,
    unknown: 0,
    asks: 0,
    terminal: 0,
    turnedAway: 0,
  }));
  const kept = tills.map(() => new Uint8Array(members));
  const of = (atMs: number) => days[dayOf(atMs)];
  for (const { atMs } of terminal) {
    const day = of(atMs);
    if (day !== undefined) day.terminal += 1;
  }
  for (const visit of visits) {
    const [known, days] = [kept[visit.till], tills[visit.till]];
    const day = of(visit.atMs);
    if (known === undefined || days === undefined || day === undefined) continue;
    const isAway = isWithin(days.away, visit.atMs);
    const isKept = known[visit.member] === 1;
    if (!isKept && isAway) day.turnedAway += 1;
    else {
      if (!isKept) day.unknown += 1;
      else if (visit.scan?.isAsked === true && !isAway) day.asks += 1;
      known[visit.member] = 1;
      const outage = days.away.find((span) => isWithin([span], visit.atMs));
      const program = days.on.find((span) => isWithin([span], visit.atMs));
      const isTooLate = outage !== undefined && outage.toMs >= (program?.toMs ?? 0);
      if (isTooLate || (outage !== undefined && dayOf(outage.toMs) > dayOf(visit.atMs))) day.later += 1;
      else day.now += 1;
    }
    for (const other of visit.others) {
      if (isWithin(days.away, other.atMs)) continue;
      if (known[other.member] === 0 || other.isAsked) day.asks += 1;
      known[other.member] = 1;
    }
  }
  return days;
}

/** Look-ups for top-ups first, since nobody is turned away; then today's entries, then older ones by age, then who only asks. */
export function idealOf(world: World, demand: Demand): Ideal {
  const waits = Array.from({ length: DAYS }, () => 0);
  const waitsAtEnd: number[][] = waits.map(() => []);
  const sameDay: number[] = [];
  const wants: number[] = [];
  let [unanswered, arrived] = [0, 0];
  const days = wanted(demand, world);
  for (const [day, { now, later, unknown, asks, terminal }] of days.entries()) {
    const older = waits.slice(0, day).reduce((sum, one) => sum + one, 0);
    wants.push(terminal + unknown + now + older + asks);
    let left = Math.max(0, world.quota - terminal - unknown);
    const take = (wish: number): number => {
      const taken = Math.min(wish, left);
      left -= taken;
      return taken;
    };
    const today = take(now);
    sameDay.push(today);
    waits[day] = now - today + later;
    arrived += today;
    for (let madeOn = 0; madeOn < day; madeOn += 1) {
      const sent = take(waits[madeOn] ?? 0);
      waits[madeOn] = (waits[madeOn] ?? 0) - sent;
      arrived += sent;
    }
    const answered = take(asks);
    unanswered += asks - answered;
    for (let made = 0; made <= day; made += 1)
      waitsAtEnd[made]?.push(waits.slice(0, made + 1).reduce((sum, one) => sum + one, 0));
  }
  const goneBy = waitsAtEnd.map((left, day) => (left.includes(0) ? day + left.indexOf(0) : DAYS));
  const turnedAway = days.reduce((sum, day) => sum + day.turnedAway, 0);
  return { sameDay, goneBy, wanted: wants, unanswered, turnedAway, arrived };
}
