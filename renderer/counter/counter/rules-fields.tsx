import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import { classNames } from '../../kit/class-names.ts';
import { currencySymbol, somethingOf } from '../../kit/format.ts';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { BackKey } from './back-key.tsx';
import { confirmForm, topUp, useForm, useTopUp } from './form.ts';
import styles from './rules-fields.module.css';
import { CONFIRM_REASON_ID } from './use-problem-words.ts';

const c = classNames(styles);

/** Queries main for the gets whenever they may change. */
function useGiven(): void {
  const key = useForm(({ asked }) => JSON.stringify(asked));
  // After `given-changed` the current gets are read.
  const refused = useTopUp(({ failure }) => (failure?.code === 'given-changed' ? failure : null));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `key` or `refused` triggers the query.
  useEffect(() => {
    const { asked } = topUp.read();
    if (asked === null) return;
    let isOver = false;
    const { customerUid, principal, purchase } = asked;
    void bridge.topUpsPreview({ customerUid, principal, purchase }).then((reply) => {
      if (!isOver && reply.ok) topUp.see({ asked, gets: reply.value });
    });
    return () => {
      isOver = true;
    };
  }, [key, refused]);
}

function BonusLine() {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const isAsked = useForm(({ asked }) => asked !== null);
  const gets = useTopUp(({ seen }) => seen?.gets ?? null);
  const shown = isAsked && gets !== null && gets.rule !== null && somethingOf(gets.bonus) ? gets : null;
  const values = { sum: write.money(shown?.bonus ?? zeroAmount), rule: shown?.rule ?? '' };
  const key = shown === null ? 'none' : shown.isRounded ? 'bonusRounded' : 'bonus';
  return <p className={c('bonus')}>{t(`rules.counter.${key}`, values)}</p>;
}

/** What the member buys, where the shop's rules count it: beside amount and points. */
export function PurchaseField() {
  const { t } = useTranslation();
  const till = useTill();
  const text = useTopUp((state) => state.purchaseText);
  const isClosed = useTopUp(({ member }) => member !== null && member.status !== 'active');
  const hasKeys = useKeys();
  const isRight = useForm(({ purchase }) => purchase.ok);
  return (
    <TextBox
      label={t('rules.counter.purchase')}
      unit={currencySymbol(till.currency, till.language)}
      inputMode={hasKeys ? 'none' : 'decimal'}
      size="count"
      action={<BackKey />}
      value={text}
      onChange={(typed) => topUp.edit('purchaseText', typed)}
      onEnter={confirmForm}
      scan="form-field"
      isDisabled={isClosed}
      problemId={isRight ? undefined : CONFIRM_REASON_ID}
    />
  );
}

function ReasonChoice() {
  const { t } = useTranslation();
  const reasons = useTopic('rules', (rules) => rules.reasons);
  const chosen = useTopUp((state) => state.reason);
  const isAward = useForm((read) => read.isAward);
  if (!isAward || reasons.length === 0) return null;
  return (
    <RadioChoice
      label={t('rules.counter.reason')}
      name="award-reason"
      values={['', ...reasons]}
      chosen={reasons.includes(chosen) ? chosen : ''}
      onChoose={(reason) => topUp.edit('reason', reason)}
      say={(reason) => (reason === '' ? t('rules.counter.noReason') : reason)}
    />
  );
}

/** Bonus and reason, by the shop's rules; beside a keypad the button alone says the bonus. */
export function RulesFields() {
  useGiven();
  const hasKeys = useKeys();
  const givesAnything = useTopic('rules', (rules) => rules.givesAnything);
  return (
    <>
      {givesAnything && !hasKeys && <BonusLine />}
      <ReasonChoice />
    </>
  );
}
