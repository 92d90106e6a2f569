import { addAmounts, compareAmounts, noSums, zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, Figures, Period, Span } from '../../../preload/contract/index.ts';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { LineTable, lineRows } from '../../kit/line-table.tsx';
import { Charts } from './charts.tsx';
import styles from './owner.module.css';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(card, styles);

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly more: string;
  readonly isCalled?: boolean;
}

function Tile({ label, value, more, isCalled = false }: TileProps) {
  return (
    <div className={c('tile', isCalled && 'warn')}>
      <dt className={c('label')}>{label}</dt>
      <dd className={c('value')}>{value}</dd>
      <dd className={c('more')}>{more}</dd>
    </div>
  );
}

function Tiles({ figures, before }: { readonly figures: Figures; readonly before: Figures | null }) {
  const { t, write, count, told } = useOwnerWords();
  const unsettled = figures.lines.unsettled ?? noSums;
  const was = (value: string | undefined) => (value === undefined ? '' : t('owner.was', { value }));
  return (
    <dl className={c('tiles')}>
      <Tile
        label={t('owner.topUps')}
        value={count(figures.topUps)}
        more={was(before === null ? undefined : count(before.topUps))}
      />
      <Tile
        label={t('owner.members')}
        value={count(figures.members)}
        more={was(before === null ? undefined : count(before.members))}
      />
      <Tile
        label={t('owner.bonus')}
        value={write.money(figures.bonus)}
        more={was(before === null ? undefined : write.money(before.bonus))}
      />
      <Tile
        label={t('owner.points')}
        value={write.plain(figures.points)}
        more={was(before === null ? undefined : write.plain(before.points))}
      />
      <Tile
        label={t('owner.unsettled')}
        value={write.money(unsettled.principal)}
        more={t('owner.entries', told(unsettled.entries))}
        isCalled={unsettled.entries > 0}
      />
    </dl>
  );
}

/** A width on screen, where rounding does not matter. */
const partOf = (value: Amount, whole: Amount): number =>
  compareAmounts(whole, zeroAmount) > 0
    ? Math.max(0, Math.min(100, (Number(value) / Number(whole)) * 100))
    : 0;

function Tenders({ tenders }: { readonly tenders: Figures['tenders'] }) {
  const { t, write, tender, told } = useOwnerWords();
  if (tenders.length === 0) return null;
  const gained = tenders.map(({ net }) => net).filter((net) => compareAmounts(net, zeroAmount) > 0);
  const whole = addAmounts(...gained);
  return (
    <ul className={c('tenders')} aria-label={t('owner.byTender')}>
      {tenders.map((row) => (
        <li key={row.tender ?? ''} className={c('tender')}>
          <span className={c('tenderName')}>{isolated(tender(row.tender))}</span>
          <svg className={c('share')} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect className={c('shareDone')} width={partOf(row.net, whole)} height="1" />
          </svg>
          <b className={c('tenderSum')}>{write.money(row.net)}</b>
          <span className={c('tenderCount')}>{t('owner.entries', told(row.entries))}</span>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  readonly periods: readonly Period[];
  readonly period: Period;
  readonly span: Span;
}

/** This till alone, by its own entries as they stand now. */
export function ThisTill({ periods, period, span }: Props) {
  const { t, write } = useOwnerWords();
  const { figures, before } = period;
  return (
    <section className={c('alone')} aria-label={t('owner.thisTill')}>
      <div className={c('card')}>
        <h2 className={c('heading')}>{t('owner.thisTill')}</h2>
        <p className={c('hint')}>{t('owner.thisTillHint')}</p>
        <div className={c('top')}>
          <div className={c('headline')}>
            <span className={c('label')}>{t('owner.net')}</span>
            <b className={c('net')}>{write.money(figures.net)}</b>
          </div>
          <Tenders tenders={figures.tenders} />
        </div>
        <Tiles figures={figures} before={before?.figures ?? null} />
        <LineTable lines={lineRows(figures.lines)} caption={t('figures.title')} write={write} />
      </div>
      <Charts periods={periods} span={span} />
    </section>
  );
}
