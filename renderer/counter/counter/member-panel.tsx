import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { zeroAmount } from '../../../preload/contract/app/values.ts';
import type { MemberCard } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { ageWords, masked, somethingOf, storeMoment } from '../../kit/format.ts';
import { Icon } from '../../kit/icons.tsx';
import { isolated } from '../../kit/isolated.ts';
import { Press } from '../../kit/press.tsx';
import { useKeys } from '../../kit/touch.ts';
import unseen from '../../kit/unseen.module.css';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { useTill } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { Avatar } from './avatar.tsx';
import { topUp, useForm, useTopUp } from './form.ts';
import styles from './member-card.module.css';
import { OpenLines } from './open-lines.tsx';
import { sumsAfter } from './top-up.ts';
import { carriedFrom } from './top-up-state.ts';

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

function useAsOf(member: MemberCard): string {
  const { t } = useTranslation();
  const till = useTill();
  const nowMs = useNowMs();
  const time = storeMoment(member.asOfMs, nowMs, till.storeTimeZone, till.language);
  if (member.source === 'kybio') return t('member.asOfKybio', { time });
  const age = ageWords(member.asOfMs, nowMs, till.language);
  return age === null ? t('member.asOfTill', { time }) : t('member.asOfTillOld', { time, age });
}

/** Why the member cannot be topped up. */
function ClosedLine({ member }: { readonly member: MemberCard }) {
  const { t } = useTranslation();
  const { status, expiryDate } = member;
  if (status === 'active') return null;
  const words =
    status === 'expired' && expiryDate !== null
      ? t('member.expiredOn', { date: expiryDate.slice(0, 10) })
      : t(`member.${status}`);
  return <div className={c('open', 'bad')}>{words}</div>;
}

interface LinesProps {
  readonly member: MemberCard;
  readonly write: SumWriter;
  /** Without the line that nothing waits. */
  readonly isQuiet?: boolean;
}

/** What prevents a top-up, and the member's open entries. */
export function MemberLines({ member, write, isQuiet = false }: LinesProps) {
  return (
    <>
      <ClosedLine member={member} />
      <OpenLines member={member} write={write} isQuiet={isQuiet} />
    </>
  );
}

/** Warns that the sums were typed for another member. */
function CarriedLine({ name, before }: { readonly name: string; readonly before: MemberCard }) {
  const { t } = useTranslation();
  const typedFor = before.name || t('member.unnamed', { number: masked(before.number) });
  return (
    <div className={c('open', 'warn')}>
      {t('form.carried', { name: isolated(name), before: isolated(typedFor) })}
    </div>
  );
}

/** The sums after this entry, only if known. */
function useThen(member: MemberCard, write: SumWriter): ReactNode {
  const { t } = useTranslation();
  const read = useForm((form) => form.topUp);
  if (!read.ok) return null;
  const after = sumsAfter(member, read.value);
  if (after === null) return t('member.thenUnknown');
  return (
    <b className={c('then')}>
      <span className={c('unseen')}>{t('member.then', { name: member.name })} </span>
      <span aria-hidden="true">→ </span>
      {write.both(after.balance, somethingOf(read.value.pointIncrement) ? after.point : zeroAmount)}
    </b>
  );
}

export function MemberPanel({ member }: { readonly member: MemberCard }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const asOf = useAsOf(member);
  const balance = member.balance === null ? t('member.notRead') : write.money(member.balance);
  const name = member.name || t('member.unnamed', { number: masked(member.number) });
  const then = useThen(member, write);
  const before = useTopUp(carriedFrom);
  const hasKeys = useKeys();
  // Less room beside the keypad.
  const age = !hasKeys || member.source !== 'kybio' ? [asOf] : [];
  const who = [member.categoryName, member.maskedPhone || masked(member.number)].filter(Boolean);
  return (
    <section
      className={c('card', member.status !== 'active' && 'closed', hasKeys && 'clearable')}
      aria-label={t('form.member')}
    >
      <div className={c('face')}>
        <Avatar name={member.name} tier={member.categoryName} />
      </div>
      <div className={c('row')}>
        <div className={c('name')} title={name}>
          {name}
        </div>
        <div className={c('money', balance.length > LONG_SUM && 'long')}>{balance}</div>
      </div>
      <div className={c('row')} data-more>
        <div className={c('small')}>
          <span className={c('who')}>{who.join(t('app.separator'))}</span>
          <Press
            className={c('all')}
            // No keyboard stop between member and amount: an entry's details lead there too.
            excludeFromTabOrder
            onPress={() => view.show({ kind: 'member', member, from: 'till' })}
          >
            {t('member.all')}
          </Press>
        </div>
        <div className={c('small', 'end')}>
          {then ?? (member.point !== null && [write.points(member.point), ...age].join(t('app.separator')))}
        </div>
      </div>
      {hasKeys && (
        <Press className={c('clear')} data-more excludeFromTabOrder onPress={topUp.clear}>
          <Icon name="close" />
          {t('form.clear')}
        </Press>
      )}
      <div className={c('lines')}>
        {before !== null && <CarriedLine name={name} before={before} />}
        <MemberLines member={member} write={write} isQuiet={before !== null} />
      </div>
    </section>
  );
}
