import type { Evidence } from './judge.ts';
import type { Month } from './run.ts';

/** The month in rows, as docs/reliability.md has it. */
export function pictureOf({ chain, plan, quota }: Month, { host, record, tills, books }: Evidence): string {
  const { size, outages, cuts, published, spoils } = plan;
  const { figures, time } = chain;
  const confirmed = record.entered.filter(({ endsAs }) => endsAs === 'confirmed').length;
  const rows: readonly (readonly [string, number | string])[] = [
    ['tills, days', `${size.shops * size.tills}, ${size.days}`],
    ['entries', record.entered.length],
    ['of them at the host once', confirmed],
    ['in review at the end, told', record.entered.filter(({ endsAs }) => endsAs === 'review').length],
    ['Zs, lines of books', `${record.closed.length}, ${books.length}`],
    ['counts with a variance', figures['variances'] ?? 0],
    ['states held against the ledger', record.samples.length + tills.length],
    [
      'calls at the host, most on a day',
      `${host.days.reduce((sum, { calls }) => sum + calls, 0)}, ${Math.max(...host.days.map(({ calls }) => calls))} of ${quota}`,
    ],
    ['outages, folder cut off', `${outages.length}, ${cuts.length}`],
    ['configurations, bad files in their place', `${published.length}, ${spoils.length}`],
    ['plugs pulled', figures['plugs pulled'] ?? 0],
    ['longest step of main, ms', Math.round(time.longestStepMs())],
  ];
  return rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n');
}
