import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { useKeys } from '../../kit/touch.ts';
import { useTill } from '../../shared/topics.ts';
import { topUp, useTopUp } from './form.ts';
import styles from './top-up-panel.module.css';

const c = classNames(styles);

/** The next tender for an arrow key; null for other keys. */
function wayBy(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

/**
 * Chooses the tender, once for every top-up, beside the confirm button. By keyboard: Enter in the amount comes here,
 * arrows move and choose, digits choose (the scanner hears them first, since a scan may begin so), Enter on the
 * chosen one confirms.
 */
export function TenderChoice({ onEnter }: { readonly onEnter: () => void }) {
  const { t } = useTranslation();
  const { tenders } = useTill();
  const hasKeys = useKeys();
  const tender = useTopUp((state) => state.tender);
  const focus = useTopUp((state) => state.focus);
  const isDisabled = useTopUp(({ member }) => member !== null && member.status !== 'active');
  const ref = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (focus.to !== 'tender') return;
    const ways = ref.current;
    (ways?.querySelector<HTMLElement>('[aria-pressed=true]') ?? ways?.querySelector('button'))?.focus();
  }, [focus]);
  if (tenders.length === 0) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const at = [...(ref.current?.children ?? [])].indexOf(event.target as Element);
    if (at < 0 || event.nativeEvent.isComposing) return;
    const next = wayBy(event.key, at, tenders.length);
    const isSaid = event.key === 'Enter' && tenders[at] === tender;
    if (next === null && !isSaid) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== null) topUp.chooseWay(tenders[next] ?? '');
    else if (!event.repeat) onEnter();
  };
  return (
    <fieldset ref={ref} className={c('quick')} aria-label={t('form.tender')} onKeyDownCapture={onKeyDown}>
      {tenders.map((one, at) => (
        <Press
          key={one}
          className={c('tile', 'words')}
          isDisabled={isDisabled}
          isSelected={one === tender}
          onPress={() => topUp.pay(one)}
          data-char={at < 9 ? at + 1 : undefined}
        >
          <span>{tenderWords(t, one)}</span>
          {!hasKeys && at < 9 && (
            <span className={c('hint')} aria-hidden="true">
              {at + 1}
            </span>
          )}
        </Press>
      ))}
    </fieldset>
  );
}
