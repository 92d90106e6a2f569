import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { TextBox } from '../../components/text-box.tsx';
import { classNames } from '../../logic/class-names.ts';
import { currencySymbol } from '../../logic/format.ts';
import { readAmount, rulesOf } from '../../logic/top-up.ts';
import { topUp, useTill, useTopUp } from '../../stores/index.ts';
import { CONFIRM_REASON_ID, ConfirmBar } from './confirm-bar.tsx';
import { MEMBER_SLOT_ID, MemberSlot } from './member-slot.tsx';
import { NoteField } from './note-field.tsx';
import { QuickAmounts } from './quick-amounts.tsx';
import styles from './top-up-panel.module.css';

const c = classNames(styles);

/** The store says where the focus goes; the turn makes the same place a new request. */
function useFocusTurns() {
  const memberRef = useRef<HTMLInputElement>(null);
  const amountRef = useRef<HTMLInputElement>(null);
  const focus = useTopUp((state) => state.focus);
  useEffect(() => {
    if (focus.to === 'member') memberRef.current?.focus();
    if (focus.to === 'amount') amountRef.current?.focus();
  }, [focus]);
  return { memberRef, amountRef };
}

function MemberField({ inputRef }: { readonly inputRef: React.RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation();
  const text = useTopUp((state) => state.memberText);
  const hasFailed = useTopUp((state) => state.lookupError !== null);
  return (
    <TextBox
      label={t('form.member')}
      placeholder={t('form.memberHint')}
      large
      value={text}
      onChange={topUp.typeMember}
      onEnter={() => void topUp.lookUp()}
      scan="member"
      inputRef={inputRef}
      problemId={hasFailed ? MEMBER_SLOT_ID : undefined}
    />
  );
}

export function TopUpPanel({ onConfirm }: { readonly onConfirm: () => void }) {
  const { t } = useTranslation();
  const till = useTill();
  const rules = rulesOf(till);
  const { memberRef, amountRef } = useFocusTurns();
  const amountText = useTopUp((state) => state.amountText);
  const pointsText = useTopUp((state) => state.pointsText);
  const isClosed = useTopUp((state) => state.member !== null && state.member.status !== 'active');
  const amount = readAmount(amountText, rules.amount);
  const points = readAmount(pointsText, rules.points);
  return (
    <section className={c('panel')} aria-label={t('form.region')}>
      <div className={c('fields')}>
        <MemberField inputRef={memberRef} />
        <MemberSlot />
        <div className={c('two')}>
          <TextBox
            label={t('form.amount')}
            unit={currencySymbol(till.currency, till.language)}
            inputMode="decimal"
            large
            value={amountText}
            onChange={(text) => topUp.edit('amountText', text)}
            onEnter={onConfirm}
            scan="form-field"
            inputRef={amountRef}
            isDisabled={isClosed}
            problemId={amount.ok ? undefined : CONFIRM_REASON_ID}
          />
          <TextBox
            label={t('form.points')}
            inputMode="decimal"
            large
            value={pointsText}
            onChange={(text) => topUp.edit('pointsText', text)}
            onEnter={onConfirm}
            scan="form-field"
            isDisabled={isClosed}
            problemId={points.ok ? undefined : CONFIRM_REASON_ID}
          />
        </div>
        <QuickAmounts isDisabled={isClosed} onPick={() => amountRef.current?.focus()} />
        <NoteField isDisabled={isClosed} onEnter={onConfirm} />
      </div>
      <ConfirmBar onConfirm={onConfirm} />
    </section>
  );
}
