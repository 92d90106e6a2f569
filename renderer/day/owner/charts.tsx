import { zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, Figures, Period, Span } from '../../../preload/contract/index.ts';
import { BarChart } from '../../kit/bar-chart.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import styles from './owner.module.css';
import { counted, useOwnerWords } from './use-owner-words.ts';

const c = classNames(card, styles);

const measures = ['net', 'topUps', 'members', 'bonus', 'points', 'givenBack'] as const;
type Measure = (typeof measures)[number];

const worthOf: Readonly<Record<Measure, (figures: Figures) => Amount>> = {
  net: ({ net }) => net,
  topUps: ({ topUps }) => counted(topUps),
  members: ({ members }) => counted(members),
  bonus: ({ bonus }) => bonus,
  points: ({ points }) => points,
  givenBack: ({ lines }) => lines.cancelled?.principal ?? zeroAmount,
};

const isMoney: ReadonlySet<Measure> = new Set<Measure>(['net', 'bonus', 'givenBack']);

const CHART_PX = 132;

interface Props {
  readonly periods: readonly Period[];
  readonly span: Span;
}

export function Charts({ periods, span }: Props) {
  const { t, write, told, bar, worth } = useOwnerWords();
  const titleOf = (measure: Measure) => (measure === 'net' ? t('owner.tills.net') : t(`owner.${measure}`));
  return (
    <section className={c('charts')} aria-label={t(`owner.charts.${span}`)}>
      {measures.map((measure) => {
        const say = isMoney.has(measure) ? write.money : write.plain;
        return (
          <div key={measure} className={c('card', 'chart')}>
            <BarChart
              title={titleOf(measure)}
              heads={[t(`owner.spans.${span}`), titleOf(measure), t('owner.beside')]}
              bars={periods.map((period) => ({
                key: period.from,
                label: bar(period, span),
                value: worthOf[measure](period.figures),
                said: say(worthOf[measure](period.figures)),
                more:
                  measure === 'givenBack'
                    ? t('owner.entries', told(period.figures.lines.cancelled?.entries ?? 0))
                    : t('owner.ofTopUps', told(period.figures.topUps)),
              }))}
              say={worth}
              height={CHART_PX}
            />
          </div>
        );
      })}
    </section>
  );
}
