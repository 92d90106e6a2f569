import type { TFunction } from 'i18next';
import { Button as Pressable } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { MemberCard, Snapshot } from '../../../preload/contract/index.ts';
import { type SumWriter, useWriter } from '../../components/use-writer.ts';
import { classNames } from '../../logic/class-names.ts';
import { somethingOf } from '../../logic/format.ts';
import { heldAfter, readTopUp, rulesOf, type TopUp } from '../../logic/top-up.ts';
import { useSnapshot, useTill, useTopUp } from '../../stores/index.ts';
import styles from './confirm-bar.module.css';
import { Failure } from './form-failure.tsx';
import { useProblemWords } from './use-problem-words.ts';

const c = classNames(styles);

/** Where the words stand for what keeps the form from being confirmed. */
export const CONFIRM_REASON_ID = 'confirm-reason';

function whatSentence(t: TFunction, wish: TopUp, write: SumWriter): string {
  const money = write.money(wish.balanceIncrement);
  const points = write.points(wish.pointIncrement);
  if (!somethingOf(wish.pointIncrement)) return t('form.money', { money });
  if (!somethingOf(wish.balanceIncrement)) return t('form.pointsOnly', { points });
  return t('form.moneyAndPoints', { money, points });
}

/** What the member will hold, or when it will be sent; only what is known is promised. */
function outlook(
  t: TFunction,
  wish: TopUp,
  member: MemberCard,
  { link, offline }: Pick<Snapshot, 'link' | 'offline'>,
  write: SumWriter,
): string | null {
  if (offline.stopped) return t('offlinePolicy.first');
  if (link.state === 'offline') return t('form.savedOffline');
  if (link.state === 'paused') return t('form.savedPaused');
  if (member.source !== 'kybio') return null;
  const after = heldAfter(member, wish);
  const points = write.points(after.point);
  const balance = write.money(after.balance);
  if (!somethingOf(wish.pointIncrement)) return t('form.then', { holds: balance });
  if (!somethingOf(wish.balanceIncrement)) return t('form.then', { holds: points });
  return t('form.then', { holds: t('form.thenBoth', { balance, points }) });
}

function Sentence({ wish, member }: { readonly wish: TopUp; readonly member: MemberCard }) {
  const { t } = useTranslation();
  const till = useTill();
  const link = useSnapshot((snapshot) => snapshot.link);
  const offline = useSnapshot((snapshot) => snapshot.offline);
  const write = useWriter(till.currency, till.language);
  const name = wish.customerName || t('member.unnamed', { number: wish.customerNumber });
  const then = outlook(t, wish, member, { link, offline }, write);
  return (
    <>
      <span className={c('what')}>{whatSentence(t, wish, write)} </span>
      <span className={c('whom')}>
        {[t('form.for', { name }), ...(then === null ? [] : [then])].join(t('app.separator'))}
        <span className={c('key')} aria-hidden="true">
          {'⏎'}
        </span>
      </span>
    </>
  );
}

export function ConfirmBar({ onConfirm }: { readonly onConfirm: () => void }) {
  const { t } = useTranslation();
  const till = useTill();
  const form = useTopUp((state) => state);
  const words = useProblemWords(till);
  const wish = readTopUp(form, rulesOf(till));
  const isWrong =
    !wish.ok &&
    (wish.error.kind === 'amount' || wish.error.kind === 'points' || wish.error.kind === 'note-too-long');
  const reason = wish.ok ? (form.sending ? t('form.working') : '') : words.blocker(wish.error);
  return (
    <div className={c('bar')}>
      <Failure wish={wish.ok ? wish.value : null} />
      <p id={CONFIRM_REASON_ID} className={c('reason', isWrong && 'wrong')} aria-live="polite">
        {reason}
      </p>
      <Pressable
        className={c('confirm')}
        isDisabled={!wish.ok}
        aria-describedby={CONFIRM_REASON_ID}
        aria-busy={form.sending}
        onPress={onConfirm}
      >
        <span className={c('hidden')}>{t('form.confirm')}</span>
        {wish.ok && form.member !== null ? (
          <Sentence wish={wish.value} member={form.member} />
        ) : (
          <span className={c('what')}>{t('form.idle')}</span>
        )}
      </Pressable>
    </div>
  );
}
