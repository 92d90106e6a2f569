import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { SMALL_SCREEN, useMedia } from '../../kit/use-media.ts';
import { useTill } from '../../shared/topics.ts';
import { topUp, useTopUp } from './form.ts';
import { MAX_NOTE_LENGTH } from './top-up.ts';
import styles from './top-up-panel.module.css';

const c = classNames(styles);

interface Props {
  readonly isDisabled: boolean;
  readonly onEnter: () => void;
}

/** On a small screen, and beside a keypad, the note folds away behind a button until somebody wants it. */
export function NoteField({ isDisabled, onEnter }: Props) {
  const { t } = useTranslation();
  const text = useTopUp((state) => state.noteText);
  const isSmall = useMedia(SMALL_SCREEN);
  const { keypad } = useTill();
  const isFolded = isSmall || keypad;
  const [isOpen, setOpen] = useState(false);
  if (isFolded && !isOpen && text === '') {
    return (
      <span className={c('fold')}>
        <Button look="ghost" isDisabled={isDisabled} onPress={() => setOpen(true)}>
          <Icon name="pen" />
          {t('form.addNote')}
        </Button>
      </span>
    );
  }
  return (
    <TextBox
      label={t('form.note')}
      placeholder={t('common.optional')}
      value={text}
      onChange={(note) => topUp.edit('noteText', note)}
      onEnter={onEnter}
      scan="form-field"
      isDisabled={isDisabled}
      takesFocus={isFolded && isOpen}
      error={text.trim().length > MAX_NOTE_LENGTH ? t('blockers.note-too-long') : undefined}
    />
  );
}
