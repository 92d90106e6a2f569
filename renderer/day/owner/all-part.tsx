import {
  addAmounts,
  compareAmounts,
  isZeroAmount,
  takenOf,
  tillRows,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, NetByTender, Period, Span } from '../../../preload/contract/index.ts';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import styles from './all.module.css';
import { compared } from './owner-words.ts';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(card, styles);

interface Props {
  readonly period: Period;
  readonly span: Span;
}

/** Room between two parts, in percent of the bar. */
const GAP = 0.4;

/** Parts of a bar: on screen rounding does not matter. */
function sharesOf(nets: readonly Amount[]): readonly { readonly from: number; readonly width: number }[] {
  const gained = nets.map((net) => (compareAmounts(net, zeroAmount) > 0 ? net : zeroAmount));
  const whole = Number(addAmounts(zeroAmount, ...gained));
  let from = 0;
  return gained.map((net) => {
    const width = whole === 0 ? 0 : (Number(net) / whole) * 100;
    const share = { from, width: Math.max(0, width - GAP) };
    from += width;
    return share;
  });
}

/** As many shades as there are. */
const shadeOf = (place: number): string => `shade${Math.min(place, 4)}`;

interface WaysProps {
  readonly tenders: NetByTender;
  /** Sold before a first shift, and no payment method's. */
  readonly before: Amount;
}

function Ways({ tenders, before }: WaysProps) {
  const { t, write, tender } = useOwnerWords();
  const ways = [
    ...tenders.map((row) => ({ key: row.tender ?? '', name: tender(row.tender), net: row.net })),
    ...(isZeroAmount(before) ? [] : [{ key: 'before', name: t('figures.lines.before'), net: before }]),
  ];
  if (ways.length === 0) return null;
  const shares = sharesOf(ways.map(({ net }) => net));
  return (
    <div>
      <svg className={c('whole')} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        {ways.map(({ key }, place) => (
          <rect
            key={key}
            className={c(shadeOf(place))}
            x={shares[place]?.from}
            width={shares[place]?.width}
            height="1"
          />
        ))}
      </svg>
      <ul className={c('ways')} aria-label={t('owner.byTender')}>
        {ways.map(({ key, name, net }, place) => (
          <li key={key} className={c('way')}>
            <svg className={c('dot')} viewBox="0 0 1 1" aria-hidden="true">
              <rect className={c(shadeOf(place))} width="1" height="1" />
            </svg>
            <span className={c('name')}>{isolated(name)}</span>
            <b>{write.money(net)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What all tills took, in one sum. */
export function AllPart({ period, span }: Props) {
  const { t, write, told, stretch, till } = useOwnerWords();
  const { all, against, awaited, isRunning } = period;
  const tills = tillRows(period, till);
  const known = tills.length - awaited.length;
  const { net, entries, before } = takenOf(period);
  const hasBefore = !isZeroAmount(before.principal);
  const difference = against === null ? null : compared(all.net, against.net, isRunning && span === 'day');
  return (
    <section className={c('card')} aria-label={t('owner.all.title')}>
      <div className={c('all')}>
        <div className={c('headline')}>
          <span className={c('label')}>
            {awaited.length === 0
              ? t('owner.all.net', { count: tills.length })
              : t('owner.all.netOf', { known, count: tills.length })}
          </span>
          <b className={c('net')}>{write.money(net)}</b>
          {/* What was sold before a first shift may be of years, and compares with no period. */}
          {hasBefore ? (
            <span className={c('against')}>
              {t('owner.all.before', { sum: write.money(before.principal) })}
            </span>
          ) : (
            <span className={c('against', difference?.tone === 'good' && 'up')}>
              {against === null || difference === null
                ? t('owner.all.nothingBefore')
                : t(difference.key, { sum: write.money(difference.by), period: stretch(against, span) })}
            </span>
          )}
          <span className={c('against')}>{t('owner.entries', told(entries))}</span>
        </div>
        <Ways tenders={all.tenders} before={before.principal} />
      </div>
    </section>
  );
}
