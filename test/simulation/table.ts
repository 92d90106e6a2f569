import type { Figures } from './figures.ts';
import { profileNames } from './scenario.ts';

export interface Totals {
  readonly seed: number;
  readonly workers: number;
  readonly seconds: number;
  readonly figures: Figures;
  readonly faultKinds: Readonly<Record<string, number>>;
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;

function lines(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

/** The totals as a person reads them. */
export function tableOf({ seed, workers, seconds, figures, faultKinds }: Totals): string {
  const counts: [string, number][] = [
    ['runs', figures.runs],
    ['increments', figures.increments],
    ['faults at increments', figures.faults],
    ['faults at reads', figures.readFaults],
    ['crashes', figures.crashes],
    ['other events', figures.events],
    ['restored folders', figures.restores],
    ['hours of virtual time', Math.round(figures.virtualHours)],
    ['lost', figures.lost],
    ['doubled', figures.doubled],
    ['wrongly confirmed', figures.wronglyConfirmed],
    ['wrongly cancelled', figures.wronglyCancelled],
    ['out of order', figures.outOfOrder],
    ['other violations', figures.otherViolations],
  ];
  if (figures.brokenHours > 0)
    counts.push(
      ['hours of a broken call', Math.round(figures.brokenHours)],
      ['entries it cost', figures.spent],
    );
  const unknown = profileNames
    .filter((name) => figures.unknown[name].unknowns > 0)
    .map((name) => {
      const of = figures.unknown[name];
      const suggested = of.right + of.unclear + of.wrong;
      const crowded = of.crowdedRight + of.crowdedUnclear + of.crowdedWrong;
      return [
        name,
        grouped(of.unknowns),
        grouped(of.alone),
        `${grouped(of.kept)} of ${grouped(of.promised)}`,
        share(of.kept, of.promised),
        grouped(of.unread),
        grouped(of.review),
        share(of.right, suggested),
        share(of.wrong, suggested),
        share(of.crowdedRight, crowded),
        share(of.crowdedWrong, crowded),
      ];
    });
  const head = [
    ...['lost replies', 'all', 'alone', 'promised', '', 'not read', 'review'],
    ...['advice right', 'wrong', 'crowded: right', 'wrong'],
  ];
  const asked = profileNames
    .filter((name) => figures.questions[name].entries > 0)
    .map((name) => {
      const { entries, asked: all, wrong, heldInVain } = figures.questions[name];
      return [
        name,
        grouped(entries),
        grouped(all),
        grouped(wrong),
        ((10_000 * wrong) / entries).toFixed(1),
        grouped(heldInVain),
      ];
    });
  const harmed = profileNames
    .filter((name) => figures.harm[name].entries > 0)
    .map((name) => {
      const { entries, asked: byQuestion, silent } = figures.harm[name];
      return [name, grouped(entries), grouped(byQuestion), grouped(silent), share(silent, entries)];
    });
  const headOfHarm = ['doubled or missing', 'entries', 'asked', 'silent', ''];
  const headOfAsked = ['questions that accuse', 'entries', 'asked', 'wrong', 'in 10,000', 'held in vain'];
  const kinds = Object.entries(faultKinds)
    .sort(([, left], [, right]) => right - left)
    .map(([kind, count]) => `${kind} ${grouped(count)}`);
  const rate = Math.round(figures.increments / seconds);
  return `seed ${seed}, ${workers} workers, ${seconds.toFixed(0)} s, ${grouped(rate)} increments a second

${lines(counts.map(([name, count]) => [name, grouped(count)]))}

${lines([head, ...unknown])}

${harmed.length === 0 ? '' : `${lines([headOfHarm, ...harmed])}\n\n`}${lines([headOfAsked, ...asked])}
${Object.entries(figures.wrongQuestions)
  .map(([what, count]) => `  wrong: ${what} ${grouped(count)}\n`)
  .join('')}
faults: ${kinds.join(', ')}
`;
}
