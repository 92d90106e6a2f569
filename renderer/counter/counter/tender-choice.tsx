import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { useTill } from '../../shared/topics.ts';
import { confirmForm, topUp, useTopUp } from './form.ts';
import { MoreWays } from './more-ways.tsx';
import styles from './top-up-panel.module.css';

const c = classNames(styles);

/** The next tender for an arrow key; null for other keys. */
function wayBy(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

/** With more ways than four, three and what opens the others. */
const MOST_SHOWN = 4;

function waysOf(tenders: readonly string[]) {
  const count = tenders.length > MOST_SHOWN ? MOST_SHOWN - 1 : MOST_SHOWN;
  return { shown: tenders.slice(0, count), others: tenders.slice(count) };
}

/**
 * Chooses the tender, once for every top-up, beside the confirm button. By keyboard: Enter in the amount comes here,
 * arrows move and choose, digits choose (the scanner hears them first, since a scan may begin so), Enter on the
 * chosen one confirms.
 */
export function TenderChoice() {
  const { t } = useTranslation();
  const { tenders } = useTill();
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
  const { shown, others } = waysOf(tenders);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = [...(ref.current?.children ?? [])].indexOf(event.target as Element);
    if (at < 0 || event.nativeEvent.isComposing) return;
    const next = wayBy(event.key, at, shown.length);
    const isSaid = event.key === 'Enter' && shown[at] === tender;
    if (next === null && !isSaid) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== null) topUp.chooseWay(shown[next] ?? '');
    else if (!event.repeat) confirmForm();
  };
  return (
    <fieldset ref={ref} className={c('ways')} aria-label={t('form.tender')} onKeyDownCapture={onKeyDown}>
      {shown.map((one, at) => (
        <Press
          key={one}
          className={c('tile')}
          isDisabled={isDisabled}
          isSelected={one === tender}
          onPress={() => topUp.pay(one)}
          data-char={at + 1}
        >
          <span>{tenderWords(t, one)}</span>
          <span className={c('hint')} aria-hidden="true">
            {at + 1}
          </span>
        </Press>
      ))}
      {others.length > 0 && <MoreWays ways={others} chosen={tender} isDisabled={isDisabled} />}
    </fieldset>
  );
}
