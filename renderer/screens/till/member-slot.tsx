import { useTranslation } from 'react-i18next';
import { classNames } from '../../logic/class-names.ts';
import { useTopUp } from '../../stores/index.ts';
import { MemberCardView } from './member-card-view.tsx';
import styles from './member-slot.module.css';
import { SavedCard } from './saved-card.tsx';

const c = classNames(styles);

/** What stands under the member field: the member, what was just saved, or what to do. */
export function MemberSlot() {
  const { t } = useTranslation();
  const member = useTopUp((state) => state.member);
  const saved = useTopUp((state) => state.saved);
  const looking = useTopUp((state) => state.looking);
  return (
    <div className={c('slot')} aria-live="polite">
      {member !== null && <MemberCardView member={member} />}
      {member === null && saved !== null && <SavedCard saved={saved} />}
      {member === null && saved === null && (
        <p className={c('empty')}>{t(looking ? 'form.looking' : 'form.empty')}</p>
      )}
    </div>
  );
}
