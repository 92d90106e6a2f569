import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelReply, EntrySums, MemberCard } from '../../../preload/contract/index.ts';
import { MemberLines } from '../../counter/counter/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { type Fact, Facts } from '../../kit/facts.tsx';
import { masked, storeMoment } from '../../kit/format.ts';
import { isolated } from '../../kit/isolated.ts';
import { Note } from '../../kit/note.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import type { OneMember } from '../../shared/view-store.ts';
import { FoundTable } from './found-table.tsx';
import styles from './member.module.css';
import { countedOf } from './sums.ts';
import { memberFinder, useFinding, useFreshRows } from './use-finder.ts';
import { countedWords } from './words.ts';

const c = classNames(card, styles);

type Known = ChannelReply<'find:member'>;

const more = () => void memberFinder.more();

/** The phone as stored: in full only after it was unmasked, and never where only a part is stored. */
function PhoneLine({ member, phone }: { readonly member: MemberCard; readonly phone: Known['phone'] }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState<string | null>(null);
  const { customerUid, maskedPhone } = member;
  if (phone === 'none') return <span>{t('find.member.noPhone')}</span>;
  return (
    <span className={c('phone')}>
      <bdi>{whole ?? maskedPhone}</bdi>
      {phone === 'part' && <span className={c('small')}>{t('find.member.partPhone')}</span>}
      {phone === 'whole' && whole === null && (
        <Button look="ghost" onPress={() => openGuarded({ kind: 'unmask', customerUid, onSeen: setWhole })}>
          {t('find.member.unmask')}
        </Button>
      )}
      {whole !== null && (
        <Button look="ghost" onPress={() => setWhole(null)}>
          {t('find.member.mask')}
        </Button>
      )}
    </span>
  );
}

function Head({ known: { card: member, phone } }: { readonly known: Known }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  if (member === null) return <Note tone="neutral">{t('find.member.notKept')}</Note>;
  const time = storeMoment(member.asOfMs, Date.now(), till.storeTimeZone, till.language);
  const who = [member.categoryName, masked(member.number)].filter(Boolean);
  return (
    <section className={c('card', 'head')} aria-label={t('form.member')}>
      <div>
        <p className={c('small')}>{who.join(t('app.separator'))}</p>
        {/* Another member's phone starts masked. */}
        <PhoneLine key={member.customerUid} member={member} phone={phone} />
      </div>
      <div className={c('sums')}>
        <b className={c('money')}>{write.money(member.balance)}</b>
        <span className={c('small')}>
          {[write.points(member.point), t('member.asOfTill', { time })].join(t('app.separator'))}
        </span>
      </div>
      <div className={c('lines')}>
        <MemberLines member={member} write={write} />
      </div>
    </section>
  );
}

function Sums() {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const sums = useFinding(memberFinder, (finding) => finding.sums);
  const isCounted = useFinding(memberFinder, (finding) => finding.isCounted);
  const say = ({ entries, balance, bonus, point }: EntrySums) =>
    t('find.member.sum', {
      entries: t('activity.entries', { count: entries }),
      what: write.both(balance, point, bonus),
    });
  const facts: readonly Fact[] = sums.map((one) => [
    one.isReversal
      ? t('find.member.reversals', { state: t(`states.${one.state}`) })
      : t(`states.${one.state}`),
    say(one),
  ]);
  const words = countedWords(countedOf(sums), { t, write });
  return (
    <div>
      <p className={c('counted')} aria-live="polite">
        {isCounted ? words : t('find.counting', { words })}
      </p>
      <Facts facts={facts} />
    </div>
  );
}

function Entries() {
  const { t } = useTranslation();
  const rows = useFinding(memberFinder, (finding) => finding.rows);
  const isLooking = useFinding(memberFinder, (finding) => finding.isLooking);
  const failure = useFinding(memberFinder, (finding) => finding.failure);
  if (failure !== null) return <ErrorNote>{errorText(t, failure)}</ErrorNote>;
  if (rows.length > 0) return <FoundTable entries={rows} isNamed={false} onEnd={more} />;
  return <p className={c('none')}>{t(isLooking ? 'find.looking' : 'find.member.noEntries')}</p>;
}

interface Props {
  /** From the screen that opened it: a member may be forgotten here and still have entries. */
  readonly member: OneMember;
  readonly from: 'till' | 'find';
}

const leaveTo = (from: Props['from']) => () =>
  view.show(from === 'find' ? { kind: 'find', member: null, isBack: true } : { kind: 'till' });

export function MemberScreen({ member: { customerUid, name }, from }: Props) {
  const { t } = useTranslation();
  // Read again as the member's open entries change.
  const activity = useTopic('activity');
  const { value: known, failure } = useQuery(
    () => bridge.findMember({ customerUid }),
    [customerUid, activity],
  );
  useFreshRows(memberFinder);
  useEffect(() => memberFinder.begin({ customerUid }), [customerUid]);
  const title = known?.card?.name || name || t('find.named.member');
  const number = known?.card?.number ?? '';
  const who = number === '' ? isolated(title) : `${isolated(title)}${t('app.separator')}${number}`;
  return (
    <ScreenFrame title={title} isWide onLeave={leaveTo(from)}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {known !== null && <Head known={known} />}
      <section className={c('card')} aria-label={t('find.member.of')}>
        <div className={c('top')}>
          <Sums />
          <Button onPress={() => view.show({ kind: 'find', member: { customerUid, name: title } })}>
            {t('find.member.narrow')}
          </Button>
        </div>
        <Entries />
      </section>
      <section className={c('card')} aria-label={t('find.held.title')}>
        <div className={c('top')}>
          <p>{t('find.held.lead')}</p>
          <div className={c('acts')}>
            <Button onPress={() => openGuarded({ kind: 'held', customerUid })}>
              {t('find.held.save.open')}
            </Button>
            <Button onPress={() => openGuarded({ kind: 'erase', customerUid, who })}>
              {t('find.held.erase.open')}
            </Button>
          </div>
        </div>
      </section>
    </ScreenFrame>
  );
}
