import type { CountOutcome, FoundSums, ShiftReport, ToldSums } from '../../preload/contract/index.ts';
import { addUp as addUpFound } from '../../preload/contract/index.ts';
import { countedOf } from '../../renderer/features/find/sums.ts';
import { anything } from '../kit/find.ts';
import { addUp, type Cut, type Held, isBack, isSettled, lineNow, type Truth, truthNow } from './book.ts';
import { compare, inTable, only, onPaper, onScreen, truthFigures } from './figures.ts';
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
import type { TillName } from './world.ts';

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
  const isOnPaper = (name: string): boolean =>
    name.startsWith('tender') ? / (expected|counted|variance|taken)$/.test(name) : !name.startsWith('person');
  compare(shop, `${where} on paper`, onPaper(report), only(figures, isOnPaper));
  const isSaved = report.kind === 'z' || !isBlind;
  if (!isSaved) return;
  const saved = await ask(shop, till, 'shifts:saveCsv', {
    number: report.kind === 'z' ? report.number : null,
  });
  if (!saved.ok) return wrong(shop, `${where}: no table, ${saved.error.code}`);
  const isInTable = (name: string): boolean =>
    !name.startsWith('person') && !/^net (entries|cents)/.test(name);
  const text = shop.world.till(till).saved.get(`${report.kind}-report-${report.number}.csv`) ?? '';
  if (report.kind === 'z' || !report.isBlind)
    compare(shop, `${where} as a table`, inTable(text), only(figures, isInTable));
  count(shop, 'reports');
}

/** What a count came to, as the till tells it right after. */
export function checkCount(shop: Shop, till: TillName, cut: Cut): CountOutcome['next'] {
  const { truth, isSecond } = cut;
  const { outcome } = sessionOf(shop, till).shifts.service.shown().open ?? {};
  if (outcome === undefined || outcome === null) throw new Error('nothing was counted');
  const figures = truthFigures(truth);
  const limit = centsOf(sessionOf(shop, till).policy.current().varianceLimit);
  const isOff = [...figures].some(([name, cents]) => name.endsWith(' variance') && Math.abs(cents) > limit);
  const next = isOff ? (isSecond ? 'reason' : 'recount') : 'close';
  cut.leadsTo = next;
  if (outcome.next !== next) wrong(shop, `${till}: a count leads to ${outcome.next}, and should to ${next}`);
  const told = new Map(outcome.variances.map(({ tender, variance }) => [`${tender}`, centsOf(variance)]));
  for (const [tender, cents] of told)
    if (figures.get(`tender ${tender} variance`) !== cents)
      wrong(shop, `${till}: ${tender} is told to be off by ${cents}`);
  return outcome.next;
}

/** Whoever counts is not to know what is to be there: until a count holds. */
function isBlindNow(shop: Shop, till: TillName): boolean {
  const { open, cut, held, everOpened } = shop.books[till];
  const isToBeCounted = open !== null && (cut === null || cut.leadsTo === 'recount');
  // What came after a count is cash of the next shift.
  const isSinceCount = [...held].some(([id, { shift }]) => shift === null && cut?.states.has(id) !== true);
  return (isToBeCounted || (everOpened && isSinceCount)) && sessionOf(shop, till).policy.current().blindCount;
}

const todayOf = (shop: Shop, till: TillName) => {
  const today = sessionOf(shop, till)
    .rooms.find((room) => room.shows?.today !== undefined)
    ?.shows?.today?.();
  if (today === undefined) throw new Error('no tiles');
  return today;
};

/** What mends a doubt is an entry, and no money. */
export const withoutMoney = (one: Held): Held =>
  one.asked.isCorrection ? { ...one, asked: { ...one.asked, cents: 0, bonus: 0, points: 0 } } : one;

/** The tiles of the day, and what waits: cents with the bonus, as the member has it. */
function checkTiles(shop: Shop, till: TillName): void {
  const today = todayOf(shop, till);
  const day = dayOf(shop, shop.world.till(till).clock.nowMs());
  if (today.businessDay !== day) wrong(shop, `${till}: today is ${today.businessDay}, and is ${day}`);
  const all = [...shop.books[till].held.values()];
  const tile = (name: string, told: ToldSums, of: readonly Held[]) => {
    const { entries, cents, bonus, points } = addUp(of);
    if (told.entries !== entries)
      wrong(shop, `${till} tile ${name}: ${told.entries} entries, and are ${entries}`);
    if ((told.balance === null) !== (isBlindNow(shop, till) && name !== 'refused'))
      wrong(shop, `${till} tile ${name}: the sum is told, or is not, against the policy`);
    if (told.balance === null || told.point === null) return;
    if (centsOf(told.balance) !== cents + bonus || pointsOf(told.point) !== points)
      wrong(
        shop,
        `${till} tile ${name}: ${told.balance} and ${told.point}, and are ${cents + bonus}, ${points}`,
      );
  };
  const inStates = (...states: readonly string[]) => all.filter(({ state }) => states.includes(state));
  const done = inStates('confirmed').filter(({ asked }) => asked.day === day);
  const isLine = (line: string) => (one: Held) => foundLine(till, one) === line;
  tile('done', today.done, done.filter(isLine('sale')));
  tile('corrections', today.corrections, done.filter(isLine('correction')));
  tile('taken up', today.takenUp, done.filter(isLine('taken-up')));
  const asMoney = (of: readonly Held[]) => of.map(withoutMoney);
  tile('waiting', today.waiting, asMoney(inStates('queued', 'sending')));
  tile('checking', today.checking, asMoney(inStates('unknown')));
  tile('review', today.review, asMoney(inStates('review')));
}

/** Its line where entries are looked for: this till's own papers are its own sales, whenever they were entered. */
const foundLine = (till: TillName, { asked, paper }: Held): 'sale' | 'correction' | 'taken-up' =>
  asked.isCorrection ? 'correction' : paper === null || paper === till ? 'sale' : 'taken-up';

/** As whoever looks for entries reads their sums. */
function foundTruth(till: TillName, of: readonly Held[]) {
  const held = of.filter(({ state }) => !isBack(state));
  const whole = (all: readonly Held[]): number => {
    const { cents, bonus } = addUp(all);
    return cents + bonus;
  };
  const line = (name: string) => held.filter((one) => foundLine(till, one) === name);
  const taken = line('sale').filter(({ asked }) => asked.kind !== 'reversal');
  const { bonus, points } = addUp(taken);
  return {
    ...{ entries: of.length, in: whole(taken), bonus, points },
    takenBack: -whole(line('sale').filter(({ asked }) => asked.kind === 'reversal')),
    ...{ corrected: whole(line('correction')), takenUp: whole(line('taken-up')) },
    open: whole(held.map(withoutMoney).filter(({ state }) => !isSettled(state))),
    without: of.filter(({ state }) => isBack(state)).length,
  };
}

async function foundSums(shop: Shop, till: TillName, filter: object): Promise<readonly FoundSums[]> {
  const all: FoundSums[] = [];
  for (let before: number | null = null; ; ) {
    const found: { sums: FoundSums[]; next: number | null } = await must(shop, till, 'find:sums', {
      filter: { ...anything, ...filter },
      before,
    });
    all.push(...found.sums);
    if (found.next === null) return addUpFound(all);
    before = found.next;
  }
}

async function checkFound(shop: Shop, till: TillName, filter: object, of: readonly Held[]): Promise<void> {
  const told = countedOf(await foundSums(shop, till, filter));
  const truth = foundTruth(till, of);
  for (const [name, is] of Object.entries(truth)) {
    const value = told[name as keyof typeof told];
    const says = typeof value === 'number' ? value : name === 'points' ? pointsOf(value) : centsOf(value);
    if (says !== is)
      wrong(shop, `${till} found ${JSON.stringify(filter)}: ${name} is told as ${says}, and is ${is}`);
  }
}

/** Sums of what is looked for: by shift, by way to pay, by kind and by day. */
export async function checkFind(shop: Shop, till: TillName): Promise<void> {
  if (isBlindNow(shop, till)) return;
  refresh(shop, till);
  const all = [...shop.books[till].held.values()];
  await checkFound(shop, till, {}, all);
  for (const tender of ['cash', 'card'])
    await checkFound(
      shop,
      till,
      { tender },
      all.filter(({ asked }) => asked.tender === tender),
    );
  await checkFound(
    shop,
    till,
    { kind: 'reversal' },
    all.filter(({ asked }) => asked.kind === 'reversal'),
  );
  const last = shop.books[till].lastNumber;
  if (last > 0)
    await checkFound(
      shop,
      till,
      { shift: last },
      all.filter(({ shift }) => shift === last),
    );
}

/** The three witnesses of a shift: drawer, journal and host. */
export async function checkProof(
  shop: Shop,
  till: TillName,
  number: number | null,
  truth: Truth,
): Promise<void> {
  const { proof } = await must(shop, till, 'shifts:proof', { number });
  refresh(shop, till);
  const where = `${till} proof ${number ?? 'now'}`;
  const of = [...shop.books[till].held.values()].filter(({ shift }) => shift === number);
  const held = of.filter(({ state }) => !isBack(state));
  const isSale = (one: Held) => truthLine(shop, till, one) === 'sale';
  const { cents, bonus } = addUp(held.filter(isSale));
  const { journal, kybio, drawer } = proof;
  const sums: readonly (readonly [string, number, number])[] = [
    ['entries', journal.entries, held.length],
    ['proven', journal.proven, held.length],
    ['principal', centsOf(journal.principal), cents],
    ['bonus', centsOf(journal.bonus), bonus],
  ];
  for (const [name, says, is] of sums)
    if (says !== is) wrong(shop, `${where}: ${name} is told as ${says}, and is ${is}`);
  const done = held.filter(({ state }) => state === 'confirmed');
  const atHost = kybio.filter(({ status }) => ['moved', 'by-evidence', 'differs'].includes(status));
  const told = atHost.reduce((sum, one) => sum + centsOf(one.principal), 0);
  if (told !== addUp(done.filter(isSale)).cents) wrong(shop, `${where}: the host has ${told} of it`);
  const figures = truthFigures(truth);
  for (const part of ['expected', 'counted', 'variance'] as const) {
    const value = drawer[part];
    const is = figures.get(`tender cash ${part}`);
    if (value !== null && centsOf(value) !== (is ?? 0))
      wrong(shop, `${where}: ${part} is told as ${value}, and is ${is}`);
  }
}

const truthLine = ({ books }: Shop, till: TillName, one: Held): string =>
  one.shift === null ? lineNow(books[till], till, one) : one.line;

/** All that the counter shows now, and every sum of the open shift. */
export async function lookAt(shop: Shop, till: TillName): Promise<void> {
  const book = shop.books[till];
  refresh(shop, till);
  checkTiles(shop, till);
  if (book.open !== null) {
    const isBlind = isBlindNow(shop, till);
    const { report } = await must(shop, till, 'shifts:report', { number: null });
    refresh(shop, till);
    const frozen = book.cut?.truth ?? null;
    if (isBlind && frozen === null)
      await checkReport(shop, till, report, truthNow(book, till, null, true), true);
    if (!isBlind) await checkReport(shop, till, report, frozen ?? truthNow(book, till, null));
    if (book.cut === null) {
      const whole = await must(shop, till, 'shifts:wholeReport', {}, boss);
      refresh(shop, till);
      compare(shop, `${till} whole X`, onScreen(whole.report), truthFigures(truthNow(book, till, null)));
    }
  }
  await checkFind(shop, till);
  count(shop, 'looks');
}
