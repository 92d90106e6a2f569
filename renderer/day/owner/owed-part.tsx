import { addAmounts } from '../../../preload/contract/app/values.ts';
import type { OwnerView, Period, Span } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import sumTable from '../../kit/sum-table.module.css';
import { SumTable } from '../../kit/sum-table.tsx';
import { fileWords } from './file-words.ts';
import styles from './tills.module.css';
import type { Owner } from './use-owner.ts';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(card, sumTable, styles);

interface Props {
  readonly owner: Owner;
  readonly owed: OwnerView['owed'];
  readonly period: Period;
  readonly span: Span;
}

/** What the shop owes its members, by how old the balances are, and what is in no sum. */
export function OwedPart({ owner, owed, period, span }: Props) {
  const { t, write, count, told, moment, language, storeTimeZone } = useOwnerWords();
  const { ages, below, wholeAtMs } = owed;
  const known = ages.reduce((all, { members }) => all + members, 0);
  if (known + below.members === 0) return null;
  const title = t('owner.sheet.owed.title');
  const words = fileWords(t, language, storeTimeZone);
  return (
    <section className={c('card')} aria-label={title}>
      <div className={c('head')}>
        <div>
          <h2 className={c('heading')}>{title}</h2>
          <p className={c('hint')}>{t('owner.sheet.owed.cached')}</p>
        </div>
        <Button
          isDisabled={owner.working === 'save'}
          aria-label={t('owner.acts.save.owed')}
          onPress={() => owner.act({ kind: 'save', as: 'owed', span, from: period.from, words })}
        >
          {'csv'.toUpperCase()}
        </Button>
      </div>
      <SumTable
        caption={t('owner.sheet.owed.balances')}
        look={c('tills')}
        first={t('owner.sheet.owed.age')}
        heads={[t('owner.sheet.owed.members'), t('owner.sheet.owed.balance')]}
        rows={ages.map(({ age, members, balance }) => ({
          key: age,
          name: t(`owner.sheet.owed.ages.${age}`),
          cells: [count(members), write.money(balance)],
        }))}
        foot={{
          name: t('owner.sheet.owed.sum'),
          cells: [count(known), write.money(addAmounts(...ages.map(({ balance }) => balance)))],
        }}
      />
      <ul className={c('list', 'hint')}>
        {below.members > 0 && (
          <li>{t('owner.owed.below', { ...told(below.members), sum: write.money(below.balance) })}</li>
        )}
        <li>
          {wholeAtMs === null
            ? t('owner.sheet.owed.notAll')
            : t('owner.owed.whole', { time: moment(wholeAtMs) })}
        </li>
      </ul>
    </section>
  );
}
