import { type FocusEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
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

interface FieldProps {
  readonly takesFocus: boolean;
  readonly onCome: () => void;
  readonly onLeave: () => void;
}

function NoteField({ takesFocus, onCome, onLeave }: FieldProps) {
  const { t } = useTranslation();
  const text = useTopUp((state) => state.noteText);
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent) => {
    // A window that loses the focus keeps its field.
    if (document.hasFocus() && !currentTarget.contains(relatedTarget)) onLeave();
  };
  return (
    <fieldset className={c('offer')} aria-label={t('form.note')} onFocus={onCome} onBlur={onBlur}>
      <TextBox
        label={t('form.note')}
        placeholder={t('form.note')}
        size="bare"
        value={text}
        onChange={(typed) => topUp.edit('noteText', typed)}
        onEnter={confirmForm}
        scan="form-field"
        takesFocus={takesFocus}
        problemId={text.trim().length > MAX_NOTE_LENGTH ? CONFIRM_REASON_ID : undefined}
      />
    </fieldset>
  );
}

/**
 * The note and what opens it, for as long as the ring is in it. Without a keypad it has a row of its own, and stays
 * with what was typed; beside one it takes the row of sums.
 */
export function useNote() {
  const hasKeys = useKeys();
  const [isOpen, setOpen] = useState(false);
  const isEmpty = useTopUp(({ noteText }) => noteText === '');
  const open = () => setOpen(true);
  const close = () => setOpen(false);
  const isShown = isOpen || (!hasKeys && !isEmpty);
  const field = isShown ? <NoteField takesFocus={isOpen} onCome={open} onLeave={close} /> : null;
  return {
    open,
    inOffer: hasKeys ? field : null,
    inRest: hasKeys ? null : field,
  };
}
