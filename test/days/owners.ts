import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShiftReport, TillsSum } from '../../preload/contract/index.ts';
import { type LineName, lineNames, type Truth } from './book.ts';
import { checkBooks } from './books.ts';
import { checkDrawer } from './drawer.ts';
import { checkExport } from './export.ts';
import { compare, sumsUnder, toldUnder } from './figures.ts';
import { checkFind } from './found.ts';
import { nothing, type Sums } from './held.ts';
import { checkReport } from './look.ts';
import { ask, boss, centsOf, count, must, type Shop, wrong } from './shop.ts';
import { netOf } from './truth.ts';
import { savedName, scratchIn, type TillName, tillNames } from './world.ts';

const add = (one: Sums, other: Sums): Sums => ({
  entries: one.entries + other.entries,
  cents: one.cents + other.cents,
  bonus: one.bonus + other.bonus,
  points: one.points + other.points,
});

/** Each closed shift once more, as it is read long after. */
async function checkZs(shop: Shop, till: TillName): Promise<readonly ShiftReport[]> {
  const zs: ShiftReport[] = [];
  const { closed } = shop.books[till];
  const { reports } = await must(shop, till, 'shifts:closed', { before: null });
  if (reports.length !== closed.size)
    wrong(shop, `${till}: ${reports.length} shifts are told, and are ${closed.size}`);
  for (const [number, truth] of closed) {
    const { report } = await must(shop, till, 'shifts:report', { number });
    zs.push(report);
    await checkReport(shop, till, report, truth);
    const told = reports.find((one) => one.number === number);
    const is = [truth.net.entries, truth.net.cents, truth.day];
    const says = [told?.entries, centsOf(told?.taken ?? 'none'), told?.businessDay];
    if (String(says) !== String(is))
      wrong(shop, `${till}: shift ${number} is summed up as ${says}, and is ${is}`);
  }
  return zs;
}

/** What the Z reports of some shifts come to for an owner. */
function truthOf(truths: readonly Truth[]) {
  let net = nothing;
  let [short, over, isCounted] = [0, 0, false];
  for (const truth of truths) {
    net = add(net, add(truth.net, netOf(truth.brought)));
    for (const [tender, cents] of truth.counted ?? []) {
      const expected =
        tender === 'cash'
          ? truth.floatCents +
            (truth.flows.get('cash') ?? 0) +
            truth.lines.paidIn.cents -
            truth.lines.paidOut.cents
          : (truth.flows.get(tender) ?? 0);
      isCounted = true;
      if (cents < expected) short += expected - cents;
      else over += cents - expected;
    }
  }
  return { net, variance: isCounted ? { short, over } : null };
}

/** What a paper brought is taken and given back at an owner's as what was sold is. */
const ownerLine = ({ lines, brought }: Truth, line: LineName): Sums =>
  line in brought ? add(lines[line], brought[line as keyof Truth['brought']]) : lines[line];

function checkSum(shop: Shop, where: string, told: TillsSum, truths: readonly Truth[]): void {
  const { net, variance } = truthOf(truths);
  const sums = { entries: told.entries, principal: told.net, bonus: told.bonus, points: told.points };
  compare(shop, where, new Map(toldUnder('net', sums)), new Map(sumsUnder('net', net)));
  for (const part of ['short', 'over'] as const) {
    const value = told.variance?.[part];
    const is = variance?.[part] ?? null;
    if ((value === undefined ? null : centsOf(value)) !== is)
      wrong(shop, `${where}: ${part} is told as ${value}, and is ${is}`);
  }
  if (told.reports !== truths.length)
    wrong(shop, `${where}: ${told.reports} reports, and are ${truths.length}`);
  // What is not settled is told as it is by now.
  const lines = lineNames.filter((line) => line !== 'unsettled');
  const says = lines.flatMap((line) => {
    const sums = told.lines[line];
    return sums === undefined ? [] : toldUnder(`line ${line}`, sums);
  });
  const are = lines.flatMap((line) =>
    sumsUnder(
      `line ${line}`,
      truths.reduce((sum, truth) => add(sum, ownerLine(truth, line)), nothing),
    ),
  );
  compare(shop, where, new Map(says), new Map(are));
}

/** Z files are carried from each till to the other, and both owners' views say the same of both together. */
export async function checkOwners(shop: Shop): Promise<void> {
  const files = scratchIn(shop.world.folder);
  const paths = new Map<TillName, string[]>();
  for (const till of tillNames) {
    const own: string[] = [];
    for (const report of await checkZs(shop, till)) {
      const { number } = report;
      const saved = await ask(shop, till, 'shifts:saveFile', { number });
      if (!saved.ok) return wrong(shop, `${till}: no file of Z ${number}`);
      const path = join(files, `${till}-${number}.json`);
      writeFileSync(path, shop.world.till(till).saved.get(savedName(report, '.json')) ?? '');
      own.push(path);
    }
    paths.set(till, own);
    checkDrawer(shop, till);
    await checkFind(shop, till);
    await checkExport(shop, till, 'all');
  }
  for (const till of tillNames) await checkView(shop, till, paths);
}

async function checkView(
  shop: Shop,
  till: TillName,
  paths: ReadonlyMap<TillName, readonly string[]>,
): Promise<void> {
  const other: TillName = till === 'A' ? 'B' : 'A';
  shop.world.till(till).picks = paths.get(other) ?? [];
  const { files } = await must(shop, till, 'reports:importFiles', {}, boss);
  for (const { file, outcome, problem } of files)
    if (outcome !== 'taken') wrong(shop, `${till}: ${file} is ${outcome} ${problem}`);
  const { view } = await must(shop, till, 'reports:look', {}, boss);
  if (view === null) return wrong(shop, `${till}: no view`);
  const books = { own: shop.books[till].closed, other: shop.books[other].closed };
  for (const period of [...view.day, ...view.week, ...view.month]) {
    // A day yet to come is in no sum.
    const isOf = ({ day }: Truth) => period.from <= day && day <= period.to && day <= view.today;
    const of = (truths: Iterable<Truth>) => [...truths].filter(isOf);
    const where = `${till} owner's ${period.from}-${period.to}`;
    checkSum(shop, where, period.sum, of([...books.own.values(), ...books.other.values()]));
    for (const row of period.tills)
      checkSum(
        shop,
        `${where} of ${row.isOwn ? till : other}`,
        row,
        of((row.isOwn ? books.own : books.other).values()),
      );
  }
  count(shop, 'views');
  await checkBooks(shop, till, view);
}
