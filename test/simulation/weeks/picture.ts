import type { WeekFigures } from './run.ts';
import { goals } from './table.ts';

const WIDTH = 860;
const TOP = 96;
const ROW = 38;
const BAR = 12;
/** Told apart by lightness too; both schemes have enough contrast. */
const colors = { before: '#ea8a4f', after: '#15803d' } as const;

interface Panel {
  readonly title: string;
  readonly left: number;
  readonly width: number;
  readonly most: number;
  readonly goal: number;
  readonly ticks: readonly (readonly [number, string])[];
  readonly value: (of: WeekFigures) => number;
  readonly words: (value: number) => string;
}

const panels: readonly Panel[] = [
  {
    title: 'Calls that the till makes, an entry',
    ...{ left: 220, width: 280, most: 6, goal: goals.callsAnEntry },
    ticks: [
      [0, '0'],
      [goals.callsAnEntry, String(goals.callsAnEntry)],
      [3, '3'],
      [6, '6'],
    ],
    value: ({ callsAnEntry }) => callsAnEntry,
    words: (value) => value.toFixed(2),
  },
  {
    title: 'Arrived the same day, of the ideal’s',
    ...{ left: 570, width: 220, most: 1, goal: goals.sameDay },
    ticks: [
      [0, '0 %'],
      [0.5, '50 %'],
      [goals.sameDay, '95 %'],
    ],
    value: ({ sameDay }) => sameDay,
    words: (value) => `${Math.round(100 * value)} %`,
  },
];

const xOf = ({ left, width, most }: Panel, value: number): number =>
  left + (width * Math.min(value, most)) / most;

function gridOf(panel: Panel, bottomPx: number): string {
  const lines = panel.ticks.map(([value, words]) => {
    const x = xOf(panel, value).toFixed(1);
    const kind = value === panel.goal ? 'goal' : 'grid';
    return `<line class="${kind}" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottomPx}"/><text x="${x}" y="${bottomPx + 18}" text-anchor="middle">${words}</text>`;
  });
  return `<text class="title" x="${panel.left}" y="${TOP - 22}">${panel.title}</text>${lines.join('')}`;
}

function barOf(panel: Panel, of: WeekFigures, which: keyof typeof colors, at: number): string {
  const value = panel.value(of);
  const y = TOP + at * ROW + (which === 'before' ? 2 : BAR + 4);
  const end = xOf(panel, value);
  const width = Math.max(1, end - panel.left).toFixed(1);
  return `<rect x="${panel.left}" y="${y}" width="${width}" height="${BAR}" fill="${colors[which]}"/><text x="${(end + 6).toFixed(1)}" y="${y + BAR - 2}">${panel.words(value)}</text>`;
}

const legend = (['before', 'after'] as const)
  .map(
    (which, at) =>
      `<rect x="${220 + at * 110}" y="22" width="24" height="${BAR}" fill="${colors[which]}"/><text x="${250 + at * 110}" y="32">${which}</text>`,
  )
  .join('');

/** The same weeks twice: by what a call cost, and by what arrived on its day; a world is a row. */
export function picture(before: readonly WeekFigures[], after: readonly WeekFigures[]): string {
  const bottomPx = TOP + before.length * ROW;
  const names = before.map(
    ({ world }, at) => `<text x="208" y="${TOP + at * ROW + BAR + 8}" text-anchor="end">${world.name}</text>`,
  );
  const bars = panels.map(
    (panel) =>
      gridOf(panel, bottomPx) +
      before.map((of, at) => barOf(panel, of, 'before', at)).join('') +
      after.map((of, at) => barOf(panel, of, 'after', at)).join(''),
  );
  const style =
    'text{font:12px system-ui,sans-serif;fill:#1f2937}.title{font-size:14px;font-weight:600}.grid{stroke:#d1d5db}.goal{stroke:#374151;stroke-dasharray:4 3}.paper{fill:#fff}' +
    '@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.grid{stroke:#4b5563}.goal{stroke:#d1d5db}.paper{fill:#111827}}';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottomPx + 34}" role="img" aria-label="What a week of an account costs in calls, before and after"><style>${style}</style><rect class="paper" width="100%" height="100%"/>${legend}${names.join('')}${bars.join('')}</svg>\n`;
}
