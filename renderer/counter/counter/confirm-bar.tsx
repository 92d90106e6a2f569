import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { plain, somethingOf } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { useKeys } from '../../kit/touch.ts';
import unseen from '../../kit/unseen.module.css';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './confirm-bar.module.css';
import { confirmForm, topUp, useForm, useTopUp } from './form.ts';
import { TenderChoice } from './tender-choice.tsx';
import { type Blocker, principalOf, type TopUp } from './top-up.ts';
import { CONFIRM_REASON_ID, useProblemWords } from './use-problem-words.ts';

const c = classNames(unseen, styles);

const isTypedWrong = ({ kind }: Blocker): boolean =>
  ['amount', 'points', 'purchase', 'note-too-long', 'given'].includes(kind);

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

/** How it is paid, and when it is sent if not at once. */
function useDetails(wish: TopUp): readonly string[] {
  const { t } = useTranslation();
  const till = useTill();
  const delay = delayOf({ link: useTopic('link'), offline: useTopic('offline') });
  const { tender, given } = wish;
  const sum = given === null ? [] : [plain(given, till.language)];
  const way = tender === null ? [] : [[tenderWords(t, tender), ...sum].join(' ')];
  return [...way, ...(delay === null ? [] : [t(delay)])];
}

function Sentence({ wish }: { readonly wish: TopUp }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const details = useDetails(wish);
  const [what, ...whom] = wishText(t, wish, write).split('\n');
  return (
    <span className={c('sentence')}>
      <span className={c('what')}>{what} </span>
      <span className={c('whom')}>{[whom.join(' '), ...details].join(t('app.separator'))}</span>
    </span>
  );
}

/** What is missing as a question, and below it what is there already, or how to answer. */
function Missing({ blocker }: { readonly blocker: Blocker }) {
  const { t } = useTranslation();
  const till = useTill();
  const hasKeys = useKeys();
  const write = useWriter(till.currency, till.language);
  const words = useProblemWords(till);
  const unpaid = useForm((read) => read.unpaid);
  const [soFar = ''] = unpaid === null ? [] : wishText(t, unpaid, write).split('\n');
  const { title, hint } = words.blocker(blocker, hasKeys);
  return (
    <span className={c('sentence')}>
      <span id={CONFIRM_REASON_ID} className={c('what', isTypedWrong(blocker) && 'wrong')} aria-live="polite">
        {title}
      </span>
      <span className={c('whom')}> {hint ?? soFar}</span>
    </span>
  );
}

/** The change in large type, else the key that confirms. */
function ButtonEnd({ hasKey }: { readonly hasKey: boolean }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const change = useForm((read) => read.change);
  if (change !== null) {
    return (
      <span className={c('change')} aria-live="polite">
        <b>{write.money(change)}</b> <span>{t('form.change')}</span>
      </span>
    );
  }
  if (!hasKey) return null;
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

/** The ways to pay, and the button that says the whole sentence, or what is missing of it. */
export function ConfirmBar() {
  const { t } = useTranslation();
  const ref = useConfirmFocus();
  const sending = useTopUp((state) => state.sending);
  const asksTwice = useTopUp(({ failure }) => failure?.code === 'asked-twice');
  const read = useForm((form) => form.topUp);
  const hasKeys = useKeys();
  const isReady = read.ok;
  return (
    <div className={c('bar')} ref={ref}>
      <TenderChoice />
      <Press
        className={c('confirm', (!isReady || asksTwice) && 'yet')}
        // Pressed all the same, it leads to what is missing.
        aria-disabled={!isReady}
        aria-busy={sending}
        onPress={isReady ? confirmForm : topUp.ask}
      >
        <span className={c('unseen')}>{t('form.confirm')}</span>
        {sending ? (
          <span className={c('what')}>{t('form.working')}</span>
        ) : read.ok ? (
          <Sentence wish={read.value} />
        ) : (
          <Missing blocker={read.error} />
        )}
        {isReady && <ButtonEnd hasKey={!hasKeys && !asksTwice} />}
      </Press>
    </div>
  );
}
