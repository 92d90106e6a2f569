import { sumOf, type WeekFigures } from './run.ts';

/** What a week of an account must come to, beside whoever knew all demand before. */
export const goals = { callsAnEntry: 1.25, sameDay: 0.95, daysBehind: 1 } as const;

/** The goals that are missed. */
export function missed(of: WeekFigures): readonly string[] {
  const { callsAnEntry, sameDay, daysBehind, heldBesidePages, doubled } = of;
  return [
    ...(callsAnEntry <= goals.callsAnEntry ? [] : [`calls an entry ${callsAnEntry.toFixed(2)}`]),
    ...(sameDay >= goals.sameDay ? [] : [`same day ${sameDay.toFixed(2)}`]),
    ...(daysBehind <= goals.daysBehind ? [] : [`days behind ${daysBehind}`]),
    ...(heldBesidePages === 0 ? [] : [`held beside pages ${heldBesidePages}`]),
    ...(doubled === 0 ? [] : [`doubled ${doubled}`]),
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The share of the quota that ideal and terminal take on a day, and on the busiest one. */
const takenByIdeal = ({ world: { quota }, ideal: { wanted } }: WeekFigures): string =>
  `${percent(sumOf(wanted) / wanted.length / quota)}, ${percent(Math.max(...wanted) / quota)}`;

const heading = [
  ...[
    'world',
    'the ideal takes',
    'calls an entry',
    'readings',
    'same day',
    'days behind',
    'held beside pages',
  ],
  ...['turned away', 'not answered', 'pages', ''],
];

const cellsOf = (of: WeekFigures): string[] => [
  ...[
    of.world.name,
    takenByIdeal(of),
    of.callsAnEntry.toFixed(2),
    of.readings.toFixed(2),
    percent(of.sameDay),
  ],
  ...[of.daysBehind, of.heldBesidePages].map(String),
  ...[`${of.turnedAway} (${of.ideal.turnedAway})`, `${of.unanswered} (${of.ideal.unanswered})`],
  String(of.pages),
  missed(of).length === 0 ? 'met' : 'NOT MET',
];

/** As a table in Markdown; in brackets what the ideal comes to. */
export function tableOf(all: readonly WeekFigures[]): string {
  const rows = [heading, ...all.map(cellsOf)];
  const widths = heading.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const isNumber = (at: number) => at > 0 && at < heading.length - 1;
  const line = (row: readonly string[]) => {
    const cells = row.map((cell, at) =>
      isNumber(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    return `| ${cells.join(' | ')} |`;
  };
  const rule = widths.map((width, at) => (isNumber(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(heading), line(rule), ...rows.slice(1).map(line)].join('\n');
}
