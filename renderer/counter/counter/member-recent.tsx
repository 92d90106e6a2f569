import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { isStruck, stateWord } from '../../kit/entry-words.ts';
import { storeMoment } from '../../kit/format.ts';
import { personWords } from '../../kit/person-words.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import { useTopUp } from './form.ts';
import styles from './member-recent.module.css';

const c = classNames(styles);
const SHOWN = 4;

function RecentRow({ entry, write }: { readonly entry: Entry; readonly write: SumWriter }) {
  const { t } = useTranslation();
  const till = useTill();
  const time = storeMoment(entry.createdAtMs, Date.now(), till.storeTimeZone, till.language);
  const { tender } = entry.terms;
  const isPlain = entry.state === 'confirmed' && entry.takenBack === null;
  const isElsewhere = entry.actor !== '' && entry.actor !== till.name;
  return (
    <li className={c('row')}>
      <span>{[time, ...(isElsewhere ? [personWords(t, entry.actor)] : [])].join(t('app.separator'))}</span>
      <span>{isPlain && tender !== null ? tenderWords(t, tender) : t(stateWord(entry).key)}</span>
      <b className={c(isStruck(entry) && 'struck')}>{write.credit(entry)}</b>
    </li>
  );
}

/** The member's earlier entries, if there is room. */
export function MemberRecent() {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const member = useTopUp((state) => state.member);
  if (member === null || member.recent.length === 0) return null;
  return (
    <div className={c('room')}>
      <section className={c('recent')} aria-labelledby="member-recent">
        <h2 id="member-recent" className={c('title')}>
          {t('member.earlier')}
        </h2>
        <ul className={c('list')}>
          {member.recent.slice(0, SHOWN).map((entry) => (
            <RecentRow key={entry.id} entry={entry} write={write} />
          ))}
        </ul>
      </section>
    </div>
  );
}
