import { useTranslation } from 'react-i18next';
import type { ShownCase } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import styles from './recharge-rows.module.css';
import { rowFits, rowsToShow } from './review-words.ts';
import { useReviewWriter } from './use-review-writer.ts';

const c = classNames(styles);

/** Rows of other entries shown for comparison. */
const OTHER_ROWS = 4;

export function RechargeRows({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const rows = review.evidence?.rows ?? [];
  if (rows.length === 0) return null;
  const { shown, leftOut } = rowsToShow(rows, review.entry, OTHER_ROWS);
  return (
    <div>
      <table className={c('table')}>
        <caption className={c('caption')}>{t('review.case.rows')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('review.case.rowTime')}</th>
            <th scope="col" className={c('amount')}>
              {t('review.case.rowAmount')}
            </th>
            <th scope="col">{t('review.case.rowMeaning')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, row }) => {
            const fits = rowFits(row, review.entry);
            const other = row.explained ? 'review.case.rowExplained' : 'review.case.rowOther';
            return (
              <tr key={key} className={c(fits && 'fits')}>
                <td>{row.datetime}</td>
                <td className={c('amount')}>{write.money(row.amount)}</td>
                <td>{t(fits ? 'review.case.rowOurs' : other)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {leftOut > 0 && <p className={c('more')}>{t('review.case.rowsMore', { count: leftOut })}</p>}
    </div>
  );
}
