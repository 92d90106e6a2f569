import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { somethingOf } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { useKeys } from '../../kit/touch.ts';
import unseen from '../../kit/unseen.module.css';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './confirm-bar.module.css';
import { useForm, useTopUp } from './form.ts';
import { Failure } from './form-failure.tsx';
import { TenderChoice } from './tender-choice.tsx';
import { type Blocker, principalOf, type TopUp } from './top-up.ts';
import { CONFIRM_REASON_ID, useProblemWords } from './use-problem-words.ts';

const c = classNames(unseen, styles);

const isTypedWrong = ({ kind }: Blocker): boolean =>
  ['amount', 'points', 'purchase', 'note-too-long', 'given', 'given-too-little'].includes(kind);

/** What Confirm does and for whom; ` ` marks the language's line break. */
function wishText(t: TFunction, wish: TopUp, write: SumWriter): string {
  const bonus = wish.bonus ?? zeroAmount;
  const values = {
    money: write.money(principalOf(wish)),
    bonus: write.money(bonus),
    points: write.points(wish.pointIncrement),
    name: wish.customerName || t('member.unnamed', { number: wish.customerNumber }),
  };
  const hasPoints = somethingOf(wish.pointIncrement);
  if (somethingOf(bonus)) {
    return t(hasPoints ? 'form.say.moneyBonusAndPoints' : 'form.say.moneyAndBonus', values);
  }
  if (!hasPoints) return t('form.say.money', values);
  return t(somethingOf(wish.balanceIncrement) ? 'form.say.moneyAndPoints' : 'form.say.points', values);
}

/** Why it is not sent at once. */
function delayOf({ link, offline }: Pick<Snapshot, 'link' | 'offline'>): string | null {
  if (offline.stopped) return 'offlinePolicy.first';
  if (link.state === 'offline') return 'form.savedOffline';
  return link.state === 'paused' ? 'form.savedPaused' : null;
}

function Sentence({ wish }: { readonly wish: TopUp }) {
  const { t } = useTranslation();
  const till = useTill();
  const delay = delayOf({ link: useTopic('link'), offline: useTopic('offline') });
  const write = useWriter(till.currency, till.language);
  const [what, ...whom] = wishText(t, wish, write).split('\n');
  return (
    <span className={c('sentence')}>
      <span className={c('what')}>{what} </span>
      <span className={c('whom')}>{whom.join(' ')}</span>
      {delay !== null && <span className={c('delay')}> {t(delay)}</span>}
    </span>
  );
}

function Reason({ blocker }: { readonly blocker: Blocker | null }) {
  const { t } = useTranslation();
  const words = useProblemWords(useTill());
  return (
    <span
      id={CONFIRM_REASON_ID}
      className={c('reason', blocker !== null && isTypedWrong(blocker) && 'wrong')}
      aria-live="polite"
    >
      {blocker === null ? t('form.working') : words.blocker(blocker)}
    </span>
  );
}

/** The change in large type, else the key that confirms. */
function ButtonEnd() {
  const { t } = useTranslation();
  const till = useTill();
  const hasKeys = useKeys();
  const write = useWriter(till.currency, till.language);
  const change = useForm((read) => read.change);
  if (change !== null) {
    return (
      <span className={c('change')} aria-live="polite">
        <b>{write.money(change)}</b> <span>{t('form.change')}</span>
      </span>
    );
  }
  if (hasKeys) return null;
  return (
    <span className={c('key')} aria-hidden="true">
      {t('form.enterKey')}
    </span>
  );
}

/** Once the tender is chosen, Enter confirms. */
function useConfirmFocus() {
  const ref = useRef<HTMLDivElement>(null);
  const focus = useTopUp((state) => state.focus);
  useEffect(() => {
    if (focus.to === 'confirm') ref.current?.querySelector<HTMLElement>(':scope > button')?.focus();
  }, [focus]);
  return ref;
}

interface Props {
  readonly onConfirm: () => void;
  readonly onEnter: () => void;
  /** If the failure has no other place. */
  readonly hasFailure: boolean;
}

export function ConfirmBar({ onConfirm, onEnter, hasFailure }: Props) {
  const { t } = useTranslation();
  const ref = useConfirmFocus();
  const sending = useTopUp((state) => state.sending);
  const isUnread = useTopUp((state) => state.isUnread);
  const asksTwice = useTopUp(({ failure }) => failure?.code === 'asked-twice');
  const read = useForm((form) => form.topUp);
  const wish = read.ok ? read.value : null;
  const isAsked = wish !== null && asksTwice;
  return (
    <div className={c('bar')} ref={ref}>
      {hasFailure && <Failure wish={wish} />}
      <TenderChoice onEnter={onEnter} />
      <Press
        className={c('confirm', isAsked && 'asked')}
        // Disabled for the moment in which nobody can have read the member.
        isDisabled={wish === null || isUnread}
        aria-busy={sending}
        onPress={onConfirm}
      >
        <span className={c('unseen')}>{t('form.confirm')}</span>
        {wish === null || sending ? (
          <Reason blocker={read.ok ? null : read.error} />
        ) : (
          <Sentence wish={wish} />
        )}
        <ButtonEnd />
      </Press>
    </div>
  );
}
