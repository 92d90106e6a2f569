import type { WeekFigures } from './run.ts';

/** What a week of an account must come to, beside whoever knew all demand before. */
export const goals = { callsAnEntry: 1.25, sameDay: 0.95, daysBehind: 1, heldBesidePages: 0 } as const;

/** The goals that are missed. */
export function missed(of: WeekFigures): readonly string[] {
  return [
    ...(of.callsAnEntry <= goals.callsAnEntry ? [] : [`calls an entry ${of.callsAnEntry.toFixed(2)}`]),
    ...(of.sameDay >= goals.sameDay ? [] : [`same day ${of.sameDay.toFixed(2)}`]),
    ...(of.daysBehind <= goals.daysBehind ? [] : [`days behind ${of.daysBehind}`]),
    ...(of.heldBesidePages === 0 ? [] : [`held beside pages ${of.heldBesidePages}`]),
    ...(of.doubled === 0 ? [] : [`doubled ${of.doubled}`]),
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Of the quota, what the ideal takes with the terminal on a day, and on the busiest one. */
const takenByIdeal = ({ world, ideal }: WeekFigures): string =>
  `${percent(ideal.wanted.reduce((sum, one) => sum + one, 0) / world.quota / ideal.wanted.length)}, ${percent(Math.max(...ideal.wanted) / world.quota)}`;

const heading = ['world', 'the ideal takes', 'calls an entry', 'same day', 'days behind', 'held beside pages'];
const more = ['turned away', 'not answered', 'pages', 'doubled', ''];

export function tableOf(all: readonly WeekFigures[]): string {
  const lines = all.map((of) => [
    ...[of.world.name, takenByIdeal(of), of.callsAnEntry.toFixed(2), percent(of.sameDay), String(of.daysBehind)],
    ...[of.heldBesidePages, `${of.turnedAway} (${of.ideal.turnedAway})`, `${of.unanswered} (${of.ideal.unanswered})`].map(String),
    ...[of.pages, of.doubled].map(String),
    missed(of).length === 0 ? 'met' : 'NOT MET',
  ]);
  const rows = [[...heading, ...more], ...lines];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = rows;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}
