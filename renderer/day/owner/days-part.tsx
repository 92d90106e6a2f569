import { compareAmounts, zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, ShopDay } from '../../../preload/contract/index.ts';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import sumTable from '../../kit/sum-table.module.css';
import { SumTable } from '../../kit/sum-table.tsx';
import styles from './tills.module.css';
import { useOwnerWords } from './use-owner-words.ts';
import { VarianceCell } from './variance-cell.tsx';

const c = classNames(card, sumTable, styles);

interface Props {
  readonly days: readonly ShopDay[];
  readonly today: string;
}

/** A width on screen, where rounding does not matter. */
const partOf = (value: Amount, most: Amount): number =>
  compareAmounts(most, zeroAmount) > 0 ? Math.max(0, (Number(value) / Number(most)) * 100) : 0;

/** The days of a week or a month, by what all tills say of them. */
export function DaysPart({ days, today }: Props) {
  const { t, write, count, namedDay } = useOwnerWords();
  if (days.length === 0) return null;
  const most = days.reduce((one, { net }) => (compareAmounts(net, one) > 0 ? net : one), zeroAmount);
  const reportsOf = ({ day, reports, tills, isOpen }: ShopDay) => {
    if (tills === 0) return <span className={c('quiet')}>{t('owner.days.open')}</span>;
    const said = t('owner.days.of', { some: count(reports), all: count(tills) });
    const isLate = reports < tills && day < today;
    return (
      <span className={c(isLate ? 'late' : 'quiet')}>{isOpen ? t('owner.days.and', { said }) : said}</span>
    );
  };
  return (
    <section className={c('card')} aria-label={t('owner.days.title')}>
      <section
        className={c('scroller')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll it where it is too wide.
        tabIndex={0}
        aria-label={t('owner.days.caption')}
      >
        <SumTable
          caption={t('owner.days.title')}
          look={c('days')}
          first={t('owner.days.day')}
          heads={['share', 'taken', 'entries', 'drawers', 'reports'].map((head) => t(`owner.days.${head}`))}
          rows={days.map((row) => ({
            key: row.day,
            name: namedDay(row.day),
            under: row.day === today && <span className={c('small')}>{t('owner.days.soFar')}</span>,
            cells: [
              <svg
                key="share"
                className={c('bar', row.day === today && 'now')}
                viewBox="0 0 100 1"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect width={partOf(row.net, most)} height="1" />
              </svg>,
              <b key="taken">{write.money(row.net)}</b>,
              count(row.entries),
              <VarianceCell key="drawers" variance={row.variance} isOpen={row.reports === 0} />,
              reportsOf(row),
            ],
          }))}
        />
      </section>
    </section>
  );
}
