import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { useKeys } from '../../kit/touch.ts';
import { ONE_COLUMN, useMedia } from '../../kit/use-media.ts';
import { useErrorWords } from '../../shared/other-words.ts';
import { useTopUp } from './form.ts';
import { MemberPanel } from './member-panel.tsx';
import styles from './member-slot.module.css';
import { Ticket } from './ticket.tsx';

const c = classNames(styles);

/** The element that shows a failed look-up, for the member field. */
export const MEMBER_SLOT_ID = 'member-slot';

const lookingWords = {
  no: 'form.empty',
  quiet: 'form.empty',
  told: 'form.looking',
  slow: 'form.lookingSlow',
} as const;

function CardPicture() {
  return (
    <svg
      className={c('picture')}
      viewBox="0 0 56 40"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <rect x="1.5" y="3" width="53" height="34" rx="6" />
      <path d="M13 13v14M19 13v14M24 13v14M31 13v14M35 13v14M43 13v14" />
      <path className={c('beam')} d="M7 20h42" />
    </svg>
  );
}

/** Below the member field: the member, else the last saved entry in one column, else what to do. */
export function MemberSlot() {
  const { t } = useTranslation();
  const member = useTopUp((state) => state.member);
  const hasSaved = useTopUp((state) => state.saved !== null);
  const error = useTopUp((state) => state.lookupError);
  const sentence = useErrorWords(error);
  const looking = useTopUp((state) => state.looking);
  const isOneColumn = useMedia(ONE_COLUMN);
  // No room for the picture beside the keypad.
  const hasKeys = useKeys();
  const isLookingShown = looking === 'told' || looking === 'slow';
  const isTicketHere = isOneColumn && hasSaved && member === null && error === null && !isLookingShown;
  const isEmpty = member === null && error === null && !isTicketHere;
  return (
    <div id={MEMBER_SLOT_ID} className={c('slot')} aria-live="polite">
      {member !== null && <MemberPanel member={member} />}
      {member === null && error !== null && (
        <p className={c('empty', hasKeys && 'brief', 'failed')}>
          {!hasKeys && <CardPicture />}
          <span>{sentence}</span>
        </p>
      )}
      {isTicketHere && <Ticket />}
      {isEmpty && (
        <p className={c('empty', hasKeys && 'brief', isLookingShown && 'looking')}>
          {!hasKeys && <CardPicture />}
          <span>{t(lookingWords[looking])}</span>
        </p>
      )}
    </div>
  );
}
