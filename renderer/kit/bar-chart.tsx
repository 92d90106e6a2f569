import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Amount } from '../../preload/contract/index.ts';
import styles from './bar-chart.module.css';
import { type Bar, type DrawnBar, drawChart } from './bar-chart-shape.ts';
import { classNames } from './class-names.ts';
import unseen from './unseen.module.css';

const c = classNames(unseen, styles);

/** Before it is measured. */
const FIRST_WIDTH = 640;

interface Props {
  readonly title: string;
  /** Column heads of the table for screen readers: label, value, further text. */
  readonly heads: readonly [label: string, value: string, more: string];
  readonly bars: readonly Bar[];
  /** Formats a grid line's value. */
  readonly say: (value: Amount) => string;
  readonly height?: number;
}

function useWidth() {
  const ref = useRef<HTMLFieldSetElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(160, Math.floor(element.clientWidth))));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return { ref, width };
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The same as a table, for screen readers. */
function HeardTable({ title, heads, bars }: Props) {
  return (
    <table className={c('unseen')}>
      <caption>{title}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, label, said, more }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>{said}</td>
            <td>{more}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface BarProps {
  readonly bar: Bar;
  readonly drawn: DrawnBar;
  readonly height: number;
  readonly isStop: boolean;
  readonly isShown: boolean;
  readonly onShow: (isShown: boolean) => void;
}

function OneBar({ bar, drawn, height, isStop, isShown, onShow }: BarProps) {
  const { left, slot, middle, path, isLabelled } = drawn;
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of shapes, read as one picture.
    <g
      role="img"
      tabIndex={isStop ? 0 : -1}
      aria-label={`${bar.label}: ${bar.said}, ${bar.more}`}
      data-bar={bar.key}
      className={c('bar', isShown && 'shown')}
      onFocus={() => onShow(true)}
      onBlur={() => onShow(false)}
      onPointerEnter={() => onShow(true)}
      onPointerLeave={() => onShow(false)}
    >
      <rect
        className={c('slot')}
        x={left + 1}
        y={1}
        width={Math.max(1, slot - 2)}
        height={height - 2}
        rx="6"
      />
      {path !== '' && <path className={c('fill')} d={path} />}
      {(isLabelled || isShown) && (
        <text className={c('label', !isLabelled && 'beside')} x={middle} y={height - 8} textAnchor="middle">
          {bar.label}
        </text>
      )}
    </g>
  );
}

/**
 * Bars of sums. One tab stop, arrows move between bars; the line above shows the bar with focus or pointer, else the
 * largest.
 */
export function BarChart(props: Props) {
  const { title, bars, say, height = 190 } = props;
  const { ref, width } = useWidth();
  const [at, setAt] = useState(0);
  const [shownKey, show] = useState<string | null>(null);
  const chart = useMemo(() => drawChart(bars, { width, height, say }), [bars, width, height, say]);
  const largest = bars.reduce<Bar | undefined>(
    (best, bar) => (best === undefined || Number(bar.value) > Number(best.value) ? bar : best),
    undefined,
  );
  const shown = bars.find(({ key }) => key === shownKey);
  const read = shown ?? largest;
  const stop = Math.min(at, bars.length - 1);
  const step = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const next = steps[event.key]?.(stop, bars.length);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    event.currentTarget.querySelectorAll<SVGGElement>('[data-bar]')[next]?.focus();
  };
  return (
    <figure className={c('chart')}>
      <figcaption className={c('head')} aria-hidden="true">
        <b>{title}</b>
        {read !== undefined && (
          <span className={c('read')}>
            <span>{read.label}</span>
            <b>{read.said}</b>
            <span>{read.more}</span>
          </span>
        )}
      </figcaption>
      <fieldset ref={ref} className={c('place')} aria-label={title} onKeyDown={step}>
        <svg width={width} height={height} role="presentation">
          {chart.lines.map(({ y, value }) => (
            // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a line takes no focus.
            <g key={value} aria-hidden="true">
              <line className={c('line')} x1={chart.gutter} x2={width} y1={y} y2={y} />
              <text className={c('worth')} x={chart.gutter - 8} y={y + 4} textAnchor="end">
                {say(value)}
              </text>
            </g>
          ))}
          {bars.map((bar, index) => {
            const drawn = chart.bars[index];
            return (
              drawn && (
                <OneBar
                  key={bar.key}
                  bar={bar}
                  drawn={drawn}
                  height={height}
                  isStop={index === stop}
                  isShown={bar.key === shown?.key}
                  onShow={(isShown) => {
                    show(isShown ? bar.key : null);
                    if (isShown) setAt(index);
                  }}
                />
              )
            );
          })}
          <line className={c('zero')} x1={chart.gutter} x2={width} y1={chart.zero} y2={chart.zero} />
        </svg>
      </fieldset>
      <HeardTable {...props} />
    </figure>
  );
}
