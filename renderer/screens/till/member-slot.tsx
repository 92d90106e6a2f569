import { useTranslation } from 'react-i18next';
import { sayError } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { useTopUp } from '../../stores/index.ts';
import { MemberCardView } from './member-card-view.tsx';
import styles from './member-slot.module.css';
import { SavedCard } from './saved-card.tsx';

const c = classNames(styles);

/** Where a failed look-up is told; the member field points here. */
export const MEMBER_SLOT_ID = 'member-slot';

/** What stands under the member field: the member, what was just saved, or what to do. */
export function MemberSlot() {
  const { t } = useTranslation();
  const member = useTopUp((state) => state.member);
  const saved = useTopUp((state) => state.saved);
  const error = useTopUp((state) => state.lookupError);
  const looking = useTopUp((state) => state.looking);
  const words = { no: 'form.empty', quiet: 'form.empty', told: 'form.looking', slow: 'form.lookingSlow' }[
    looking
  ];
  return (
    <div id={MEMBER_SLOT_ID} className={c('slot')} aria-live="polite">
      {member !== null && <MemberCardView member={member} />}
      {member === null && error === null && saved !== null && <SavedCard saved={saved} />}
      {member === null && error !== null && <p className={c('empty', 'failed')}>{sayError(t, error)}</p>}
      {member === null && error === null && saved === null && <p className={c('empty')}>{t(words)}</p>}
    </div>
  );
}
