import { join } from 'node:path';
import { tableOf } from '../../days/in-table.ts';
import { textOf } from '../../days/world.ts';
import { hundredths } from '../decimals.ts';
import type { ChainTill } from './chain-till.ts';
import { boss, must } from './counter.ts';
import type { Evidence, HostEvidence } from './judge.ts';
import type { Month } from './run.ts';
import { sampleOf } from './status.ts';

// All that the judge is given: what the host's ledger, the tills and the owner's books say, read once the month is over.

const words = { locale: 'en', say: { 'account.way': 'way', noTender: 'none' } };

function hostOf({ chain: { account }, quota }: Month): HostEvidence {
  const { host } = account;
  return {
    applied: [...host.applied].map(([key, { times, balance, point }]) => ({
      ...{ key, times, cents: balance, points: point / 100, atMs: account.appliedAtMs.get(key) ?? 0 },
    })),
    members: host.members.map(({ customerUid, initialBalance, balance }) => ({
      ...{ uid: customerUid, before: initialBalance, after: balance },
      others: host.othersOf(customerUid).balance,
    })),
    days: [...account.days].map(([day, of]) => ({ day, ...of })),
    others: account.others(),
    quota,
  };
}

/** The owner's till has taken what all tills have left in the folder, and saves the books of the month. */
async function booksOf({ chain, tills }: Month): Promise<Evidence['books']> {
  const [owner] = tills;
  if (owner === undefined) throw new Error('nobody is the owner');
  const { view } = await chain.time.during(() => must(owner, 'reports:look', {}, boss));
  const rows: Evidence['books'][number][] = [];
  for (const { from, to, sum } of view?.month ?? []) {
    if (sum.reports === 0) continue;
    const args = { as: 'books', span: 'month', from, words } as const;
    const { saved } = await chain.time.during(() => must(owner, 'reports:save', args, boss));
    if (saved === null) throw new Error(`no books of ${from}`);
    const table = tableOf(textOf(join(owner.folder, `Books ${from} to ${to} ${owner.name}.csv`)));
    const end = table.findIndex((row) => row['book.account'] === '');
    for (const row of end < 0 ? table : table.slice(0, end))
      rows.push({
        ...{ date: row['book.date'] ?? '', account: row['book.account'] ?? '' },
        cents: hundredths(row['book.debit'] || '0') - hundredths(row['book.credit'] || '0'),
        reference: row['book.reference'] ?? '',
      });
  }
  return rows;
}

async function tillOf(month: Month, till: ChainTill): Promise<Evidence['tills'][number]> {
  const { index, name, shop, calls, session } = till;
  const row = session?.kernel.db.prepare('SELECT COALESCE(SUM(calls), 0) AS calls FROM call_meter').get();
  const told = await sampleOf(month.chain, till);
  return {
    ...{ till: index, name, shop, told },
    calls: {
      metered: row === undefined ? null : (row as { calls: number }).calls - calls.before,
      ...{ made: calls.made, reached: calls.reached, cutOff: calls.cutOff },
      twice: till.network.byKind.get('twice') ?? 0,
    },
  };
}

export async function gather(month: Month): Promise<Evidence> {
  const tills: Evidence['tills'][number][] = [];
  for (const till of month.tills) tills.push(await tillOf(month, till));
  const books = await booksOf(month);
  const { published, twice, size } = month.plan;
  await month.end();
  return {
    ...{ host: hostOf(month), record: month.chain.record, tills, books },
    newest: Math.max(...published.map(({ version }) => version)),
    ...{ shops: size.shops, twice, told: month.chain.told },
  };
}
