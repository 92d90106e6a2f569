import type { FleetFigures } from './run.ts';

const WIDTH = 860;
const LEFT = 64;
const PLOT = { width: 560, height: 170 };
const MINUTES = 90;
const STEP_S = 10;
/** Told apart by colour and by dashes; both schemes have enough contrast to a line of 2 px. */
const strokes = [
  ['#c2410c', '6 3'],
  ['#7c3aed', '2 3'],
  ['#b45309', '10 4'],
  ['#0e7490', '8 3 2 3'],
  ['#6b7280', '4 4'],
  ['#15803d', ''],
] as const;

const strokeOf = (at: number): (typeof strokes)[number] => strokes[at % strokes.length] ?? strokes[0];

interface Plot {
  readonly title: string;
  readonly topPx: number;
  readonly most: number;
  readonly ticks: readonly (readonly [number, string])[];
  readonly values: (figures: FleetFigures) => readonly number[];
}

const x = (minute: number): number => LEFT + (Math.min(minute, MINUTES) / MINUTES) * PLOT.width;
const y = ({ topPx, most }: Plot, value: number): number =>
  topPx + PLOT.height * (1 - Math.min(value, most) / most);

function lineOf(plot: Plot, figures: FleetFigures, at: number): string {
  const [color, dashes] = strokeOf(at);
  const values = plot.values(figures);
  // What nobody calls any more is nothing, and what is not settled stays so.
  const rest = plot.most === 1 ? (values.at(-1) ?? 0) : 0;
  const points = Array.from({ length: (MINUTES * 60) / STEP_S }, (_, step) => values[step] ?? rest)
    .map((value, step) => `${x((step * STEP_S) / 60).toFixed(1)},${y(plot, value).toFixed(1)}`)
    .join(' ');
  return `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dashes}"/>`;
}

function gridOf(plot: Plot): string {
  const rows = plot.ticks.map(([value, words]) => {
    const at = y(plot, value).toFixed(1);
    const line = `<line class="grid" x1="${LEFT}" x2="${LEFT + PLOT.width}" y1="${at}" y2="${at}"/>`;
    return `${line}<text x="${LEFT - 8}" y="${Number(at) + 4}" text-anchor="end">${words}</text>`;
  });
  const columns = [0, 15, 30, 45, 60, 75, 90].map((minute) => {
    const bottomPx = plot.topPx + PLOT.height + 16;
    return `<text x="${x(minute)}" y="${bottomPx}" text-anchor="middle">${minute} min</text>`;
  });
  return `<text class="title" x="${LEFT}" y="${plot.topPx - 12}">${plot.title}</text>${[...rows, ...columns].join('')}`;
}

const legendOf = (all: readonly FleetFigures[], topPx: number): string =>
  all
    .map(({ policy }, at) => {
      const [color, dashes] = strokeOf(at);
      const lineY = topPx + at * 34;
      const [first, ...rest] = policy.split(/[:,] /);
      const left = LEFT + PLOT.width + 20;
      return [
        `<line x1="${left}" x2="${left + 28}" y1="${lineY}" y2="${lineY}" stroke="${color}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
        `<text x="${left + 36}" y="${lineY + 4}">${first ?? ''}</text>`,
        `<text x="${left + 36}" y="${lineY + 18}">${rest.join(', ')}</text>`,
      ].join('');
    })
    .join('');

/** Two plots over the same minutes: what KYBIO is asked, and what is settled by then. */
export function picture(all: readonly FleetFigures[], callsASecond: number, entries: number): string {
  const calls: Plot = {
    title: `Calls a second that reach KYBIO; it allows ${callsASecond}, and what is beyond three times that is cut off`,
    ...{ topPx: 40, most: 3 },
    ticks: [
      [0, '0'],
      [1, String(callsASecond)],
      [2, String(callsASecond * 2)],
      [3, String(callsASecond * 3)],
    ],
    values: ({ curve }) => curve.calls.map((count) => count / STEP_S / callsASecond),
  };
  const settled: Plot = {
    title: 'Entries of the outage that are settled',
    ...{ topPx: 290, most: 1 },
    ticks: [
      [0, '0 %'],
      [0.5, '50 %'],
      [1, '100 %'],
    ],
    values: ({ curve }) => curve.settled.map((count) => count / entries),
  };
  const plots = [calls, settled].map(
    (plot) => gridOf(plot) + all.map((figures, at) => lineOf(plot, figures, at)).join(''),
  );
  const style =
    'text{font:12px system-ui,sans-serif;fill:#1f2937}.title{font-size:14px;font-weight:600}.grid{stroke:#d1d5db}.paper{fill:#fff}' +
    '@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.grid{stroke:#4b5563}.paper{fill:#111827}}';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 490" role="img" aria-label="How a chain comes back after an outage, by policy"><style>${style}</style><rect class="paper" width="100%" height="100%"/>${plots.join('')}${legendOf(all, 60)}</svg>\n`;
}
