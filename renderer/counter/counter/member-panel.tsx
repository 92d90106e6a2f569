import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberCard } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { ageWords, masked, somethingOf, storeMoment } from '../../kit/format.ts';
import unseen from '../../kit/unseen.module.css';
import { useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import { Avatar } from './avatar.tsx';
import { useForm } from './form.ts';
import styles from './member-card.module.css';
import { sumsAfter } from './top-up.ts';

const c = classNames(styles, unseen);
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

/** How old the figures are, where they are not KYBIO's own. */
function useAge(member: MemberCard): string | null {
  const { t } = useTranslation();
  const till = useTill();
  const nowMs = useNowMs();
  if (member.source === 'kybio') return null;
  const time = storeMoment(member.asOfMs, nowMs, till.storeTimeZone, till.language);
  const age = ageWords(member.asOfMs, nowMs, till.language);
  return age === null ? t('member.asOfTill', { time }) : t('member.asOfTillOld', { time, age });
}

/** The balance after this entry, and the points where it gives any, only if known; else the points. */
function Then({ member }: { readonly member: MemberCard }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const wish = useForm((form) => form.unpaid);
  const after = wish === null ? null : sumsAfter(member, wish);
  if (wish === null || after === null) return write.points(member.point);
  const sums = [
    ...(somethingOf(wish.balanceIncrement) ? [write.money(after.balance)] : []),
    ...(somethingOf(wish.pointIncrement) ? [write.points(after.point)] : []),
  ];
  return (
    <b className={c('then')}>
      <span className={c('unseen')}>{t('member.then', { name: member.name })} </span>
      <span aria-hidden="true">→ </span>
      {sums.join(t('app.separator'))}
    </b>
  );
}

/** The member's card; it stands over the field, and lets presses through to it. */
export function MemberPanel({ member }: { readonly member: MemberCard }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const age = useAge(member);
  const balance = write.money(member.balance);
  const name = member.name || t('member.unnamed', { number: masked(member.number) });
  const who = age === null ? [member.categoryName, member.maskedPhone || masked(member.number)] : [age];
  return (
    <div className={c('card')}>
      <Avatar name={member.name} tier={member.categoryName} />
      <div className={c('name')} title={name}>
        <b className={c('called')}>{name}</b>
        <span className={c('small')}>{who.filter(Boolean).join(t('app.separator'))}</span>
      </div>
      <div className={c('money')}>
        <b className={c('balance', balance.length > LONG_SUM && 'long')}>{balance}</b>
        <span className={c('small')}>
          <Then member={member} />
        </span>
      </div>
    </div>
  );
}
