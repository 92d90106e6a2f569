import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, MatchItem, MatchRow } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { masked, somethingOf, storeSecond } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { StateTag } from '../../kit/tag.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { openReview } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './matching.module.css';

const c = classNames(styles);

function EntryLine({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const time = storeSecond(entry.createdAtMs, Date.now(), till.storeTimeZone, till.language);
  return (
    <div className={c('line')}>
      <Press className={c('entry')} onPress={() => view.open({ kind: 'details', entry })}>
        {t('matching.entry', {
          reference: entry.reference,
          time,
          sum: write.money(entry.balanceIncrement),
        })}
      </Press>
      <StateTag entry={entry} />
      {entry.state === 'review' && (
        <Button onPress={() => openReview(entry.id)}>{t('matching.openReview')}</Button>
      )}
    </div>
  );
}

function RowLine({ row }: { readonly row: MatchRow }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const by = [row.payMethod, row.account, row.remark].filter((text) => text !== '');
  return (
    <div className={c('line')}>
      <span>{t('matching.row', { time: row.time, sum: write.money(row.sum) })}</span>
      {somethingOf(row.gift) && (
        <span className={c('quiet')}>{t('matching.gift', { gift: write.money(row.gift) })}</span>
      )}
      {by.map((text) => (
        <bdi key={text} className={c('quiet')}>
          {text}
        </bdi>
      ))}
    </div>
  );
}

/** The member as far as known. */
function useWhose(): (item: MatchItem) => { readonly name: string; readonly number: string } {
  const { t } = useTranslation();
  return ({ entries: [entry], rows: [row] }) => {
    if (entry !== undefined) return { name: entry.memberName, number: masked(entry.memberNumber) };
    const member = row?.member ?? null;
    if (member !== null) return { name: member.name, number: masked(member.number) };
    const id = row?.customerUid ?? null;
    return { name: id === null ? t('matching.stranger') : t('matching.strangerId', { id }), number: '' };
  };
}

/** Each reason is shown once, above its first item. */
export function Items({ items }: { readonly items: readonly MatchItem[] }) {
  const { t } = useTranslation();
  const whose = useWhose();
  return items.map((item, index) => {
    const { name, number } = whose(item);
    const isNew = items[index - 1]?.reason !== item.reason;
    return (
      <Fragment key={item.key}>
        {isNew && <p className={c('reason')}>{t(`matching.reasons.${item.reason}`)}</p>}
        <div className={c('item')}>
          <div className={c('whose')}>
            <bdi>{name}</bdi>
            <span className={c('quiet')}>{number}</span>
          </div>
          <div className={c('sides')}>
            {item.entries.map((entry) => (
              <EntryLine key={entry.id} entry={entry} />
            ))}
            {item.rows.map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a log keep their order.
              <RowLine key={place} row={row} />
            ))}
            {item.more > 0 && (
              <span className={c('quiet')}>{t('matching.leftOut', { count: item.more })}</span>
            )}
          </div>
        </div>
      </Fragment>
    );
  });
}
