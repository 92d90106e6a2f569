import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { currencySymbol } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import { topUp, useTopUp } from './form.ts';
import { changeDue } from './paid.ts';
import { principalOf, readTopUp, rulesOf } from './top-up.ts';
import styles from './top-up-panel.module.css';
import { CONFIRM_REASON_ID } from './use-problem-words.ts';

const c = classNames(styles);

interface Props {
  readonly isDisabled: boolean;
  readonly onEnter: () => void;
}

/** What was handed over, and what goes back. */
function Cash({ onEnter, isDisabled }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const inputRef = useRef<HTMLInputElement>(null);
  const form = useTopUp((state) => state);
  useEffect(() => {
    if (form.focus.to === 'given') inputRef.current?.focus();
  }, [form.focus]);
  const read = readTopUp(form, rulesOf(till));
  const change = read.ok ? changeDue(principalOf(read.value), read.value.given) : null;
  const isWrong = !read.ok && read.error.kind.startsWith('given');
  return (
    <div className={c('two')}>
      <TextBox
        label={t('form.given')}
        placeholder={t('common.optional')}
        unit={currencySymbol(till.currency, till.language)}
        inputMode={till.keypad ? 'none' : 'decimal'}
        value={form.givenText}
        onChange={(typed) => topUp.edit('givenText', typed)}
        onEnter={onEnter}
        scan="form-field"
        inputRef={inputRef}
        isDisabled={isDisabled}
        problemId={isWrong ? CONFIRM_REASON_ID : undefined}
      />
      <p className={c('change')} aria-live="polite">
        {change !== null && (
          <>
            <span>{t('form.change')}</span>
            <b>{write.money(change)}</b>
          </>
        )}
      </p>
    </div>
  );
}

/**
 * How the member pays: one press, asked for every top-up, beside the button that waits for it and like that always in view.
 * By keyboard, Enter in the amount comes here.
 */
export function TenderChoice({ onEnter }: Pick<Props, 'onEnter'>) {
  const { t } = useTranslation();
  const { tenders } = useTill();
  const tender = useTopUp((state) => state.tender);
  const focus = useTopUp((state) => state.focus);
  const isDisabled = useTopUp(({ member }) => member !== null && member.status !== 'active');
  const ref = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (focus.to === 'tender') ref.current?.querySelector('button')?.focus();
  }, [focus]);
  if (tenders.length === 0) return null;
  return (
    <>
      {tender === 'cash' && <Cash isDisabled={isDisabled} onEnter={onEnter} />}
      <fieldset ref={ref} className={c('quick')} aria-label={t('form.tender')}>
        {tenders.map((one) => (
          <Press
            key={one}
            className={c('tile', 'words')}
            isDisabled={isDisabled}
            isSelected={one === tender}
            onPress={() => topUp.pay(one)}
          >
            {tenderWords(t, one)}
          </Press>
        ))}
      </fieldset>
    </>
  );
}
