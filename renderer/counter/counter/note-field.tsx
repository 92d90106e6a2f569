import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { SMALL_SCREEN, useMedia } from '../../kit/use-media.ts';
import { topUp, useTopUp } from './form.ts';
import { MAX_NOTE_LENGTH } from './top-up.ts';
import styles from './top-up-panel.module.css';

const c = classNames(styles);

/** Folded behind a button on small screens and beside a keypad. */
export function useNote() {
  const isSmall = useMedia(SMALL_SCREEN);
  const hasKeys = useKeys();
  const isEmpty = useTopUp((state) => state.noteText === '');
  const [isOpen, setOpen] = useState(false);
  return {
    isFolded: (isSmall || hasKeys) && !isOpen && isEmpty,
    /** Just opened: takes the focus. */
    isWanted: isOpen,
    open: () => setOpen(true),
  };
}

interface Props {
  readonly note: ReturnType<typeof useNote>;
  readonly isDisabled: boolean;
}

export function NoteButton({ note, isDisabled }: Props) {
  const { t } = useTranslation();
  return (
    <span className={c('fold')}>
      <Button look="ghost" isDisabled={isDisabled} onPress={note.open}>
        <Icon name="pen" />
        {t('form.addNote')}
      </Button>
    </span>
  );
}

export function NoteField({ note, isDisabled, onEnter }: Props & { readonly onEnter: () => void }) {
  const { t } = useTranslation();
  const text = useTopUp((state) => state.noteText);
  return (
    <TextBox
      label={t('form.note')}
      placeholder={t('common.optional')}
      value={text}
      onChange={(typed) => topUp.edit('noteText', typed)}
      onEnter={onEnter}
      scan="form-field"
      isDisabled={isDisabled}
      takesFocus={note.isWanted}
      error={text.trim().length > MAX_NOTE_LENGTH ? t('blockers.note-too-long') : undefined}
    />
  );
}
