import type { CountOutcome, EntrySums, ShiftReport, Topics } from '../../preload/contract/index.ts';
import type { Cut, Truth } from './book.ts';
import { compare, only, onScreen, truthFigures } from './figures.ts';
import { checkFind, foundLine, withoutSums } from './found.ts';
import { addUp, type Held } from './held.ts';
import { inTable, tableOf } from './in-table.ts';
import { checkLists } from './lists.ts';
import { onPaper, paperOf } from './on-paper.ts';
import {
  ask,
  boss,
  centsOf,
  count,
  dayOf,
  must,
  pointsOf,
  refresh,
  type Shop,
  sessionOf,
  wrong,
} from './shop.ts';
import { truthNow } from './truth.ts';
import { savedName, type TillName } from './world.ts';

/** Every form in which a report comes out says the same, and what is so. */
export async function checkReport(
  shop: Shop,
  till: TillName,
  report: ShiftReport,
  truth: Truth,
  isBlind = false,
): Promise<void> {
  const where = `${till} ${report.kind.toUpperCase()} ${report.number}${isBlind ? ' blind' : ''}`;
  const figures = truthFigures(truth, isBlind);
  compare(shop, `${where} on the screen`, onScreen(report), figures);
  const paper = paperOf(report);
  compare(shop, `${where} on paper`, onPaper(paper), only(figures, isOnPaper(truth)));
  const isSaved = report.kind === 'z' || !isBlind;
  const saved = isSaved
    ? await ask(shop, till, 'shifts:saveCsv', { number: report.kind === 'z' ? report.number : null })
    : null;
  if (saved?.ok === false) return wrong(shop, `${where}: no table, ${saved.error.code}`);
  const text = shop.world.till(till).saved.get(savedName(report, ' raw.csv')) ?? '';
  const isWhole = isSaved && (report.kind === 'z' || !report.isBlind);
  const table = isWhole ? tableOf(text) : null;
  if (table !== null) compare(shop, `${where} as a table`, inTable(table), only(figures, isInTable));
  checkLists(shop, where, { report, truth, paper, table });
  count(shop, 'reports');
}

const isOnPaper =
  ({ drawer }: Truth) =>
  (name: string): boolean => {
    if (name.startsWith('tender')) return / (expected|counted|variance|taken)$/.test(name);
    // Where the drawer is elsewhere no float is held against anything.
    if (name.startsWith('found')) return drawer === 'own';
    return !/^(person|arrived)/.test(name) && !name.startsWith('opened by');
  };
const isInTable = (name: string): boolean =>
  !/^(person|opened by|openings|arrived)/.test(name) && !/^net (entries|cents)/.test(name);

/** What a count came to, as the till tells it right after. */
export function checkCount(shop: Shop, till: TillName, { truth }: Cut): CountOutcome['next'] {
  const { outcome } = sessionOf(shop, till).day.shifts.service.shown().open ?? {};
  if (outcome === undefined || outcome === null) throw new Error('nothing was counted');
  const figures = truthFigures(truth);
  const limit = centsOf(sessionOf(shop, till).counter.policy.current().varianceLimit);
  const isOff = [...figures].some(([name, cents]) => name.endsWith(' variance') && Math.abs(cents) > limit);
  const next = isOff ? 'reason' : 'close';
  if (outcome.next !== next) wrong(shop, `${till}: a count leads to ${outcome.next}, and should to ${next}`);
  const told = new Map(outcome.variances.map(({ tender, variance }) => [`${tender}`, centsOf(variance)]));
  for (const [tender, cents] of told)
    if (figures.get(`tender ${tender} variance`) !== cents)
      wrong(shop, `${till}: ${tender} is told to be off by ${cents}`);
  return outcome.next;
}

/** What the screens show all the time. */
function shownBy<T extends 'today' | 'refusals' | 'shift'>(shop: Shop, till: TillName, topic: T): Topics[T] {
  const room = sessionOf(shop, till).rooms.find(({ shows }) => shows?.[topic] !== undefined);
  const shown = room?.shows?.[topic]?.();
  if (shown === undefined) throw new Error(`nobody shows ${topic}`);
  return shown as Topics[T];
}

/** The tiles of the day, and what waits: cents with the bonus, as the member has it. */
function checkTiles(shop: Shop, till: TillName): void {
  const today = shownBy(shop, till, 'today');
  const day = dayOf(shop, shop.world.till(till).clock.nowMs());
  if (today.businessDay !== day) wrong(shop, `${till}: today is ${today.businessDay}, and is ${day}`);
  const all = [...shop.books[till].held.values()];
  const tile = (name: string, told: EntrySums, of: readonly Held[]) => {
    const { entries, cents, bonus, points } = addUp(of);
    if (told.entries !== entries)
      wrong(shop, `${till} tile ${name}: ${told.entries} entries, and are ${entries}`);
    const isRight = centsOf(told.balance) === cents + bonus && centsOf(told.bonus) === bonus;
    if (!isRight || pointsOf(told.point) !== points)
      wrong(
        shop,
        `${till} tile ${name}: ${told.balance} and ${told.point}, and are ${cents + bonus}, ${points}`,
      );
  };
  const inStates = (...states: readonly string[]) => all.filter(({ state }) => states.includes(state));
  const done = inStates('confirmed').filter(({ asked }) => asked.day === day);
  const isLine = (line: string) => (one: Held) => foundLine(till, one) === line;
  tile('done', today.done, done.filter(isLine('sale')));
  tile('taken up', today.takenUp, done.filter(isLine('taken-up')));
  tile('waiting', today.waiting, inStates('queued', 'sending'));
  tile('checking', today.checking, inStates('unknown'));
  tile('review', today.review, inStates('review'));
  checkRefused(shop, till, (of) => tile('refused', today.refused, of));
}

/** Refused today, or nobody has said yet that they know; it was given back, and only sales were money. */
function checkRefused(shop: Shop, till: TillName, tile: (of: readonly Held[]) => void): void {
  const day = dayOf(shop, shop.world.till(till).clock.nowMs());
  const all = [...shop.books[till].held.values()].filter(({ state }) => state === 'rejected');
  const unknown = all.filter(({ isAcknowledged }) => !isAcknowledged);
  const told = shownBy(shop, till, 'refusals');
  if (told !== unknown.length)
    wrong(shop, `${till}: ${told} refusals nobody knows of, and are ${unknown.length}`);
  const known = all.filter(({ isAcknowledged }) => isAcknowledged);
  const daysOf = ({ ended }: Held) =>
    new Set([ended?.fromMs ?? 0, ended?.toMs ?? 0].map((ms) => dayOf(shop, ms)));
  // The end of the day lay between two looks: nobody but the till knows on which side.
  if (known.some((one) => daysOf(one).size > 1)) {
    count(shop, 'refused around midnight');
    return;
  }
  const here = [...unknown, ...known.filter((one) => daysOf(one).has(day))];
  tile(here.map((one) => (foundLine(till, one) === 'sale' ? one : withoutSums(one))));
  if (here.length > 0) count(shop, 'refused tiles');
}

/** All that the counter shows now, and every sum of the open shift. */
export async function lookAt(shop: Shop, till: TillName): Promise<void> {
  const book = shop.books[till];
  refresh(shop, till);
  checkTiles(shop, till);
  if (book.open !== null) {
    const { report } = await must(shop, till, 'shifts:report', { number: null });
    refresh(shop, till);
    if (book.cut === null) {
      await checkReport(shop, till, report, truthNow(book, till, null, true), true);
      const whole = await must(shop, till, 'shifts:wholeReport', {}, boss);
      refresh(shop, till);
      compare(shop, `${till} whole X`, onScreen(whole.report), truthFigures(truthNow(book, till, null)));
    } else await checkReport(shop, till, report, book.cut.truth);
  }
  await checkFind(shop, till);
  count(shop, 'looks');
}
