import { amount } from '../../preload/contract/app/values.ts';
import type { Amount } from '../../preload/contract/index.ts';

/** One bar: its label, value and text. */
export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: Amount;
  /** The value as people write it. */
  readonly said: string;
  /** Further text, e.g. how many entries. */
  readonly more: string;
}

export interface DrawnBar {
  readonly key: string;
  /** The centre of its label and hit area. */
  readonly left: number;
  readonly slot: number;
  readonly middle: number;
  /** The bar's path, rounded at its end; empty where there is nothing to draw. */
  readonly path: string;
  readonly isLabelled: boolean;
}

export interface DrawnLine {
  readonly y: number;
  readonly value: Amount;
}

export interface DrawnChart {
  /** Width of the axis labels at the left. */
  readonly gutter: number;
  readonly zero: number;
  readonly lines: readonly DrawnLine[];
  readonly bars: readonly DrawnBar[];
}

const MOST_STEPS = 4;
const CHARACTER_PX = 7.4;
const LABEL_GAP_PX = 5;
const TOP_PX = 8;
const FOOT_PX = 26;
const WIDEST_BAR_PX = 46;
const ROUND_PX = 5;
const LEAST_BAR_PX = 2;

/** A grid line's exact decimal value. */
const lineValue = (units: number, power: number): Amount =>
  amount((units * 10 ** power).toFixed(Math.max(0, -power)));

/** Steps of 1, 2 or 5 for a few grid lines over all values. */
function stepsOf(lowest: number, highest: number) {
  const span = highest - lowest || 1;
  const power = Math.floor(Math.log10(span / MOST_STEPS));
  const unit = [1, 2, 5, 10].find((one) => one * 10 ** power * MOST_STEPS >= span) ?? 10;
  const step = unit * 10 ** power;
  const from = Math.floor(lowest / step);
  const to = Math.max(Math.ceil(highest / step), from + 1);
  const lines = Array.from({ length: to - from + 1 }, (_, at) => ({
    height: (from + at) * step,
    value: lineValue((from + at) * unit, power),
  }));
  return { low: from * step, high: to * step, lines };
}

/** From the zero line to its rounded end. */
function barPath(x: number, width: number, zero: number, end: number): string {
  const height = zero - end;
  if (height === 0) return '';
  const isDown = height < 0;
  const tip = Math.abs(height) < LEAST_BAR_PX ? zero + (isDown ? LEAST_BAR_PX : -LEAST_BAR_PX) : end;
  const round = Math.min(ROUND_PX, width / 2, Math.abs(zero - tip)) * (isDown ? -1 : 1);
  const side = Math.abs(round);
  return [
    `M${x} ${zero}V${tip + round}`,
    `Q${x} ${tip} ${x + side} ${tip}H${x + width - side}`,
    `Q${x + width} ${tip} ${x + width} ${tip + round}V${zero}Z`,
  ].join('');
}

/** Lays out a chart. Only here a sum becomes a number: a height on the screen that is never read back. */
export function drawChart(
  bars: readonly Bar[],
  { width, height, say }: { width: number; height: number; say: (value: Amount) => string },
): DrawnChart {
  const values = bars.map(({ value }) => Number(value));
  const { low, high, lines } = stepsOf(Math.min(0, ...values), Math.max(0, ...values));
  const longest = Math.max(0, ...lines.map(({ value }) => say(value).length));
  const gutter = Math.ceil(longest * CHARACTER_PX) + 12;
  const room = height - TOP_PX - FOOT_PX;
  const placeOf = (value: number) => TOP_PX + ((high - value) / (high - low)) * room;
  const zero = placeOf(0);
  const slot = (width - gutter) / Math.max(1, bars.length);
  const barWidth = Math.max(LEAST_BAR_PX, Math.min(WIDEST_BAR_PX, slot * 0.64));
  const labelWidth = Math.max(0, ...bars.map(({ label }) => label.length)) * CHARACTER_PX + 2 * LABEL_GAP_PX;
  const every = Math.max(1, Math.ceil(labelWidth / slot));
  return {
    gutter,
    zero,
    lines: lines.map(({ height: at, value }) => ({ y: placeOf(at), value })),
    bars: bars.map(({ key }, index) => {
      const left = gutter + index * slot;
      const middle = left + slot / 2;
      return {
        key,
        left,
        slot,
        middle,
        path: barPath(middle - barWidth / 2, barWidth, zero, placeOf(values[index] ?? 0)),
        // A label at the right edge may not fit.
        isLabelled: index % every === 0 && middle + labelWidth / 2 <= width,
      };
    }),
  };
}
