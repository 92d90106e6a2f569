import { type FocusEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { confirmForm, topUp, useTopUp } from './form.ts';
import { MAX_NOTE_LENGTH } from './top-up.ts';
import styles from './top-up-panel.module.css';
import { CONFIRM_REASON_ID } from './use-problem-words.ts';

const c = classNames(styles);

interface ButtonProps {
  readonly isDisabled: boolean;
  readonly onPress: () => void;
}

/** Opens the note; marked while there is one. */
export function NoteButton({ isDisabled, onPress }: ButtonProps) {
  const { t } = useTranslation();
  const isThere = useTopUp(({ noteText }) => noteText.trim() !== '');
  return (
    <Press className={c('note', isThere && 'noted')} isDisabled={isDisabled} onPress={onPress}>
      <Icon name="pen" />
      {t('form.note')}
    </Press>
  );
}

function NoteField({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const text = useTopUp((state) => state.noteText);
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent) => {
    // A window that loses the focus keeps its field.
    if (document.hasFocus() && !currentTarget.contains(relatedTarget)) onLeave();
  };
  return (
    <fieldset className={c('offer')} aria-label={t('form.note')} onBlur={onBlur}>
      <TextBox
        label={t('form.note')}
        placeholder={t('form.note')}
        size="bare"
        value={text}
        onChange={(typed) => topUp.edit('noteText', typed)}
        onEnter={confirmForm}
        scan="form-field"
        takesFocus
        problemId={text.trim().length > MAX_NOTE_LENGTH ? CONFIRM_REASON_ID : undefined}
      />
    </fieldset>
  );
}

/** The note and what opens it: it takes the row of sums for as long as the ring is in it. */
export function useNote() {
  const [isOpen, setOpen] = useState(false);
  return {
    open: () => setOpen(true),
    field: isOpen ? <NoteField onLeave={() => setOpen(false)} /> : null,
  };
}
