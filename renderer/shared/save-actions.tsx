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

const TOLD_MS = 10_000;
const AGAIN_MS = 1_000;

/** A finger leaves its hover behind. */
const isHeld = (element: Element | null): boolean =>
  element?.matches(':focus-within') === true ||
  (window.matchMedia('(hover: hover)').matches && element?.matches(':hover') === true);

/** What was done is told for a while: longer where the pointer or the focus is on it. */
function useTold(told: boolean, forget: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `forget` is another at each drawing.
  useEffect(() => {
    if (!told) return;
    const look = () => {
      if (isHeld(ref.current)) timer = setTimeout(look, AGAIN_MS);
      else forget();
    };
    let timer = setTimeout(look, TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  return ref;
}

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

/** The same where a dialog saves. */
export function SavedNote({ isSaved, onEnd }: SavedProps) {
  const ref = useTold(isSaved, onEnd);
  return (
    <div ref={ref} className={c('actions')}>
      <span className={c('told')} aria-live="polite">
        {isSaved && <Saved />}
      </span>
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
