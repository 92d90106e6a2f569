import { join } from 'node:path';
import { anything } from '../kit/find.ts';
import { foundLines, foundNames, looksOf } from './found.ts';
import type { Held, Sums } from './held.ts';
import { type Row, tableOf } from './in-table.ts';
import type { ExportOf } from './plan.ts';
import { ask, centsOf, count, refresh, type Shop, sessionOf, wrong } from './shop.ts';
import { type TillName, textOf } from './world.ts';

// What somebody takes along for a spreadsheet: a row an entry, and below them what they come to.

/** What a spreadsheet would take for a formula has an apostrophe before it. */
const plain = (cell: string | undefined): string => (cell ?? '').replace(/^'/, '');
const orEmpty = (value: string | number | null | undefined): string => String(value ?? '');

/** What an entry's row has to say, by its heads. */
function toldOf({ asked, state, paper }: Held, numberOf: (id: string) => string): Row {
  const { cents, bonus } = asked;
  return {
    ...{ state, kind: asked.kind },
    ...{
      balanceIncrement: String(cents + bonus),
      bonus: String(bonus),
      pointIncrement: String(asked.points),
    },
    ...{ tender: orEmpty(asked.tender), customerUid: asked.customerUid, dataChangeTime: asked.key },
    createdAt: new Date(asked.atMs).toISOString(),
    // A paper has the name alone.
    cashierId: paper === null ? asked.person : '',
    corrects: asked.corrects === null ? '' : numberOf(asked.corrects),
  };
}

const inCents = new Set(['balanceIncrement', 'bonus']);

function checkRow(shop: Shop, where: string, row: Row, is: Row): void {
  for (const [head, value] of Object.entries(is)) {
    const cell = plain(row[head]);
    const says = inCents.has(head) ? String(centsOf(cell)) : cell;
    if (says !== value) wrong(shop, `${where}: ${row['id']} has the ${head} ${says}, and it is ${value}`);
  }
}

/** The lines of which there is an entry, what is left of the sales, and how many entries there are. */
function footerOf(till: TillName, of: readonly Held[]): readonly (readonly [string, number, Sums | null])[] {
  const { lines, net } = foundLines(till, of);
  const told = foundNames.map((name) => [name, lines[name].entries, lines[name]] as const);
  return [
    ...told.filter(([, entries]) => entries > 0),
    ['net', lines.taken.entries + lines.reversed.entries, net],
    ['all', of.length, null],
  ];
}

function checkFooter(
  shop: Shop,
  where: string,
  rows: readonly Row[],
  footer: ReturnType<typeof footerOf>,
): void {
  const is = footer.map(([name, entries, sums]) =>
    [
      name,
      entries,
      ...(sums === null ? ['', '', ''] : [sums.cents + sums.bonus, sums.bonus, sums.points]),
    ].join(),
  );
  const orNone = (cell: string | undefined): number | '' =>
    cell === '' || cell === undefined ? '' : centsOf(cell);
  const says = rows.map((row) => {
    const points = row['pointIncrement'] === '' ? '' : Number(row['pointIncrement']);
    return [
      row['state'],
      row['sequence'],
      orNone(row['balanceIncrement']),
      orNone(row['bonus']),
      points,
    ].join();
  });
  if (says.join('; ') !== is.join('; '))
    wrong(shop, `${where}: below the entries is told ${says.join('; ')}, and is ${is.join('; ')}`);
}

/** A file of what is found: all of it, each entry as it is, and what it comes to. */
export async function checkExport(shop: Shop, till: TillName, what: ExportOf): Promise<void> {
  refresh(shop, till);
  const { filter, of } = looksOf(shop, till)[what];
  const where = `${till} export of ${what}`;
  const saved = await ask(shop, till, 'find:export', { filter: { ...anything, ...filter } });
  if (!saved.ok || saved.value.saved === null) return wrong(shop, `${where}: nothing was exported`);
  if (saved.value.saved.entries !== of.length)
    wrong(shop, `${where}: ${saved.value.saved.entries} entries are told, and are ${of.length}`);
  const rows = tableOf(
    textOf(
      join(
        shop.world.till(till).folder,
        `Entries ${shop.world.till(till).called} ${sessionOf(shop, till).kernel.today()} all columns.csv`,
      ),
    ),
  );
  const entries = rows.filter(({ kind }) => kind !== 'sum');
  const numbers = new Map(
    [...sessionOf(shop, till).ledger.outbox.all()].map(({ id, sequence }) => [id, String(sequence)]),
  );
  const told = new Set(entries.map(({ id }) => plain(id)));
  if (told.size !== of.length || entries.length !== of.length)
    wrong(shop, `${where}: ${entries.length} rows, and are ${of.length} entries`);
  const known = new Map(of.map((one) => [one.asked.id, one]));
  for (const row of entries) {
    const one = known.get(plain(row['id']));
    if (one === undefined) return wrong(shop, `${where}: ${row['id']} is told, and is not looked for`);
    checkRow(
      shop,
      where,
      row,
      toldOf(one, (id) => numbers.get(id) ?? ''),
    );
  }
  checkFooter(shop, where, rows.slice(entries.length), footerOf(till, of));
  count(shop, 'exports');
}
