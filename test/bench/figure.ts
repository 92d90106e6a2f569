import { ratioOf } from './statistics.ts';

/** What a ratio of ours to what it is held against should be. */
export interface Goal {
  readonly is: 'at most' | 'at least';
  readonly ratio: number;
}

export const atMost = (ratio: number): Goal => ({ is: 'at most', ratio });
export const atLeast = (ratio: number): Goal => ({ is: 'at least', ratio });

/** One line of the table: what was measured, and beside what in the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 'µs' | 'a second' | 'KB' | 'MB';
  readonly ours: number;
  readonly against: number;
  /** What `against` is. */
  readonly beside: string;
  /** Null: shown for comparison alone. */
  readonly goal: Goal | null;
  /**
   * What `--quick` lets pass: generous, since it is to find a regression and no bad hour of a machine. Null where the
   * other side is a fixed limit: a time fails nothing.
   */
  readonly bound: Goal | null;
  /** One of many alike: in the table only where it is not met. */
  readonly detail?: true;
}

export const isWithin = (goal: Goal, ratio: number): boolean =>
  goal.is === 'at most' ? ratio <= goal.ratio : ratio >= goal.ratio;

export const goalText = (goal: Goal | null): string =>
  goal === null ? '–' : `${goal.is === 'at most' ? '≤' : '≥'} ${goal.ratio}`;

/** Three digits say as much as a measurement knows. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** What is told of a figure to whoever reads the table by a program. */
export interface Told {
  readonly name: string;
  readonly unit: Figure['unit'];
  readonly ours: number;
  readonly against: number;
  readonly beside: string;
  readonly ratio: number;
  readonly goal: string | null;
  readonly met: boolean | null;
}

export function tell({ name, unit, ours, against, beside, goal }: Figure): Told {
  const ratio = ratioOf(ours, against);
  const judged = goal === null ? null : isWithin(goal, ratio);
  return {
    ...{ name, unit, ours, against, beside, ratio },
    goal: goal === null ? null : goalText(goal),
    met: judged,
  };
}

const verdict = { true: 'met', false: 'NOT MET', null: '' } as const;

/** As a table in Markdown, to be read on a terminal as it is. */
export function tableOf(all: readonly Figure[]): string {
  const figures = all.filter((figure) => figure.detail !== true || tell(figure).met === false);
  const heading = ['what', 'ours', 'beside it', '', 'ratio', 'goal', ''];
  const lines = figures.map((figure) => {
    const { ours, against, beside, ratio, met } = tell(figure);
    const { name, unit, goal } = figure;
    return [
      ...[name, `${shown(ours)} ${unit}`, `${shown(against)} ${unit}`, beside],
      ...[shown(ratio), goalText(goal), verdict[`${met}`]],
    ];
  });
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...lines].map((line) => line[column]?.length ?? 0)),
  );
  const isNumber = (column: number) => column === 1 || column === 2 || column === 4;
  const lineOf = (line: readonly string[]) =>
    `| ${line.map((cell, at) => (isNumber(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (isNumber(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  const others = all.length - figures.length;
  const left = others === 0 ? [] : ['', `${others} more that are alike are met.`];
  return [lineOf(heading), rule, ...lines.map(lineOf), ...left].join('\n');
}

/** Those that are beyond what `--quick` lets pass. */
export const regressions = (figures: readonly Figure[]): readonly Figure[] =>
  figures.filter(({ bound, ours, against }) => bound !== null && !isWithin(bound, ratioOf(ours, against)));
