import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberCard } from '../../../preload/contract/index.ts';
import { type SumWriter, useWriter } from '../../components/use-writer.ts';
import { classNames } from '../../logic/class-names.ts';
import { ageWords, masked, somethingOf, storeMoment } from '../../logic/format.ts';
import { useTill } from '../../stores/index.ts';
import styles from './member-slot.module.css';

const c = classNames(styles);
const LONG_SUM = 13;
const AGE_TICK_MS = 60_000;

function useNowMs(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), AGE_TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

function useFoot(member: MemberCard, write: SumWriter): { words: string; isPending: boolean } {
  const { t } = useTranslation();
  const { status, waiting, expiryDate } = member;
  if (status === 'expired' && expiryDate !== null) {
    return { words: t('member.expiredOn', { date: expiryDate.slice(0, 10) }), isPending: false };
  }
  if (status !== 'active') return { words: t(`member.${status}`), isPending: false };
  if (waiting.entries === 0) return { words: t('member.noneWaiting'), isPending: false };
  const isSomething = somethingOf(waiting.balance) || somethingOf(waiting.point);
  const words = isSomething
    ? t('member.waiting', { what: write.both(waiting.balance, waiting.point) })
    : t('member.waitingZero');
  return { words, isPending: true };
}

function useAsOf(member: MemberCard): string {
  const { t } = useTranslation();
  const till = useTill();
  const nowMs = useNowMs();
  const time = storeMoment(member.asOfMs, nowMs, till.storeTimeZone, till.language);
  if (member.source === 'kybio') return t('member.asOfKybio', { time });
  const age = ageWords(member.asOfMs, nowMs, till.language);
  return age === null ? t('member.asOfTill', { time }) : t('member.asOfTillOld', { time, age });
}

export function MemberCardView({ member }: { readonly member: MemberCard }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const foot = useFoot(member, write);
  const asOf = useAsOf(member);
  const balance = write.money(member.balance);
  const name = member.name || t('member.unnamed', { number: masked(member.number) });
  const tier = [member.categoryName, member.maskedPhone || masked(member.number)].filter(Boolean);
  return (
    <section className={c('card', member.status !== 'active' && 'closed')} aria-label={t('form.member')}>
      <div className={c('name')} title={name}>
        {name}
        <span className={c('tier')}>{tier.join(t('app.separator'))}</span>
      </div>
      <div className={c('money', balance.length > LONG_SUM && 'long')}>{balance}</div>
      <div className={c('sub')}>{asOf}</div>
      <div className={c('sub', 'right')}>{write.points(member.point)}</div>
      <div className={c('foot', foot.isPending && 'pending')}>{foot.words}</div>
    </section>
  );
}
