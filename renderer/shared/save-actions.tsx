import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../preload/contract/index.ts';
import { ErrorNote } from '../kit/answers.tsx';
import { Button } from '../kit/button.tsx';
import { classNames } from '../kit/class-names.ts';
import { Icon } from '../kit/icons.tsx';
import { Press } from '../kit/press.tsx';
import { errorText } from './i18n.ts';
import styles from './save-actions.module.css';
import type { Saving } from './saving.ts';

const c = classNames(styles);

const TOLD_MS = 5_000;

function Saved() {
  const { t } = useTranslation();
  return (
    <span className={c('saved')}>
      <Icon name="check" />
      {t('saving.saved')}
    </span>
  );
}

interface SavedProps {
  readonly isSaved: boolean;
  readonly onEnd: () => void;
}

/** In the head of a page of settings: what was set is saved. */
export function SavedNote({ isSaved, onEnd }: SavedProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onEnd` is another at each drawing.
  useEffect(() => {
    if (!isSaved) return;
    const timer = setTimeout(onEnd, TOLD_MS);
    return () => clearTimeout(timer);
  }, [isSaved]);
  return (
    <div className={c('actions', 'told')} aria-live="polite">
      {isSaved && <Saved />}
    </div>
  );
}

interface Props {
  readonly saving: Saving;
  /** How many settings are not as they are saved. */
  readonly changes: number;
  readonly wrong: number;
  /** Goes to the first that is wrong. */
  readonly onWrong: () => void;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** In the head of a page of settings: Save with the first change. */
export function SaveActions(props: Props) {
  const { saving, changes, wrong, onWrong, onSave, onDiscard } = props;
  const { t } = useTranslation();
  return (
    <div className={c('actions')}>
      <span className={c('told')} aria-live="polite">
        {wrong > 0 && (
          <Press className={c('wrong')} onPress={onWrong}>
            {t('saving.wrong', { count: wrong })}
          </Press>
        )}
        {changes === 0 && saving.isSaved && <Saved />}
      </span>
      {changes > 0 && (
        <>
          <Button look="ghost" onPress={onDiscard}>
            {t('saving.discard')}
          </Button>
          <Button look="primary" onPress={onSave}>
            {saving.isWorking ? t('manager.working') : t('saving.save', { count: changes })}
          </Button>
        </>
      )}
    </div>
  );
}

/** Why nothing was saved: comes into sight. */
export function SaveFailure({ failure }: { readonly failure: AppError | null }) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each failure.
  useEffect(() => ref.current?.scrollIntoView({ block: 'center' }), [failure]);
  if (failure === null) return null;
  return (
    <div ref={ref}>
      <ErrorNote>{errorText(t, failure)}</ErrorNote>
    </div>
  );
}
