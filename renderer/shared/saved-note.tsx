import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../preload/contract/index.ts';
import { ErrorNote } from '../kit/answers.tsx';
import { classNames } from '../kit/class-names.ts';
import { Icon } from '../kit/icons.tsx';
import { errorText } from './i18n.ts';
import styles from './saved-note.module.css';

const c = classNames(styles);

const TOLD_MS = 5_000;

interface SavedProps {
  readonly isSaved: boolean;
  readonly onEnd: () => void;
}

/** In the head of a page of settings: what was set is saved. */
export function SavedNote({ isSaved, onEnd }: SavedProps) {
  const { t } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onEnd` is another at each drawing.
  useEffect(() => {
    if (!isSaved) return;
    const timer = setTimeout(onEnd, TOLD_MS);
    return () => clearTimeout(timer);
  }, [isSaved]);
  return (
    <div aria-live="polite">
      {isSaved && (
        <span className={c('saved')}>
          <Icon name="check" />
          {t('saving.saved')}
        </span>
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
