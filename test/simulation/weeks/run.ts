import { prngOf } from '../prng.ts';
import { type AccountHost, createAccountHost, type HostDay } from './account-host.ts';
import type { CounterRecord } from './counter.ts';
import { DAY_MS, DAYS, type Demand, dayOf, drawDemand, isWithin } from './demand.ts';
import { createEvents } from './events.ts';
import { createFolder, noFolder } from './folder.ts';
import { type Ideal, idealOf } from './ideal.ts';
import type { CallPolicy } from './policy.ts';
import { createWeekTill, type WeekTill } from './week-till.ts';
import type { World } from './worlds.ts';

export interface WeekFigures {
  readonly world: World;
  readonly policy: string;
  readonly seed: number;
  /**
   * Calls beside those for which a person stood there with a card or asked, for each entry that arrived. `readings`: of
   * those that are left out, the ones of scanned cards that the till keeps and might have shown as kept.
   */
  readonly callsAnEntry: number;
  readonly readings: number;
  /** Entries that arrived on the day on which they were made, as a share of the ideal's. */
  readonly sameDay: number;
  /** How many days later than the ideal's a backlog was gone, at most. */
  readonly daysBehind: number;
  /** Entries that were refused, or waited, for want of calls on a day on which a page of the directory was read. */
  readonly heldBesidePages: number;
  readonly held: readonly number[];
  readonly doubled: number;
  readonly arrived: number;
  /** Nobody knew the card, and no call was made or answered; of the ideal's, whose line was broken then. */
  readonly turnedAway: number;
  readonly entered: number;
  readonly pages: number;
  readonly unanswered: number;
  readonly refused: number;
  readonly days: readonly HostDay[];
  readonly ideal: Ideal;
  /** By day: entries made, and those of them that arrived on it. */
  readonly made: readonly number[];
  readonly arrivedSameDay: readonly number[];
}

export const sumOf = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/** Everybody comes when they come, whatever the tills do. */
function schedule(
  { visits, terminal, tills: days }: Demand,
  tills: readonly WeekTill[],
  host: AccountHost,
  events: ReturnType<typeof createEvents>,
) {
  for (const visit of visits) {
    const till = tills[visit.till];
    events.after(visit.atMs, () => till?.comes(visit));
    for (const other of visit.others) events.after(other.atMs, () => till?.lookUp(other));
    const { spends } = visit;
    if (spends !== null) events.after(spends.atMs, () => host.spend(visit.member, spends.cents));
  }
  for (const { atMs, member } of terminal) events.after(atMs, () => host.callByOther(member));
  for (const [at, { on }] of days.entries()) {
    for (const { fromMs, toMs } of on) {
      events.after(fromMs, () => tills[at]?.start());
      events.after(toMs, () => tills[at]?.stop());
    }
  }
}

/** Ten days of one account; one seed, one run. */
export function runWeek(world: World, policy: CallPolicy, seed: number): WeekFigures {
  const events = createEvents();
  const demand = drawDemand(world, seed);
  const host = createAccountHost(events, world, prngOf('account', world.name, seed));
  const record: CounterRecord = {
    ...{ turnedAway: 0, unanswered: 0, entered: new Set() },
    held: Array.from({ length: DAYS }, () => new Set<number>()),
  };
  const folder = policy.usesFolder
    ? createFolder(events, world, demand, prngOf('folder', world.name, seed))
    : noFolder;
  const tills: WeekTill[] = [];
  for (const [at, { away }] of demand.tills.entries()) {
    const till = createWeekTill({
      ...{ events, host, policy, world, record, till: at + 1, prng: prngOf('till', world.name, seed, at) },
      isReachable: () => !isWithin(away, events.now()),
      others: () => folder.others(at + 1),
    });
    tills.push(till);
  }
  schedule(demand, tills, host, events);
  folder.start(tills.map(({ stated }) => stated));
  while (events.step(DAYS * DAY_MS - 1));
  return figuresOf({ world, policy: policy.name, seed }, demand, host, record);
}

function figuresOf(
  of: Pick<WeekFigures, 'world' | 'policy' | 'seed'>,
  demand: Demand,
  host: AccountHost,
  record: CounterRecord,
): WeekFigures {
  const ideal = idealOf(of.world, demand);
  const days = host.days.slice(0, DAYS);
  const total = (count: (day: HostDay) => number) => days.reduce((sum, day) => sum + count(day), 0);
  const arrived = host.credited.size;
  const perDay = () => Array.from({ length: DAYS }, () => 0);
  const [made, arrivedSameDay] = [perDay(), perDay()];
  let [goneBy, daysBehind, upTo] = [0, 0, 0];
  for (const { entry, atMs } of demand.visits.filter((visit) => record.entered.has(visit.entry))) {
    const madeOn = dayOf(atMs);
    for (; upTo < madeOn; upTo += 1) daysBehind = Math.max(daysBehind, goneBy - (ideal.goneBy[upTo] ?? DAYS));
    const creditedAtMs = host.credited.get(entry);
    const on = creditedAtMs === undefined ? DAYS : dayOf(creditedAtMs);
    goneBy = Math.max(goneBy, on);
    made[madeOn] = (made[madeOn] ?? 0) + 1;
    if (on === madeOn) arrivedSameDay[madeOn] = (arrivedSameDay[madeOn] ?? 0) + 1;
  }
  return {
    ...of,
    callsAnEntry:
      (total(({ calls }) => calls) - total(({ needed, uses }) => needed + uses.freshness)) / arrived,
    readings: total(({ uses }) => uses.freshness) / arrived,
    sameDay: sumOf(arrivedSameDay) / sumOf(ideal.sameDay),
    daysBehind,
    held: record.held.map(({ size }) => size),
    heldBesidePages: sumOf(days.map(({ pages }, day) => (pages > 0 ? (record.held[day]?.size ?? 0) : 0))),
    ...{
      arrived,
      turnedAway: record.turnedAway,
      entered: record.entered.size,
      unanswered: record.unanswered,
      doubled: host.doubled(),
    },
    pages: total(({ pages }) => pages),
    refused: total(({ refused }) => refused),
    ...{ days, ideal, made, arrivedSameDay },
  };
}
