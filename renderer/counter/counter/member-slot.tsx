import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberCard } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { masked } from '../../kit/format.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { openReview } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { acknowledgeEntry, enterAgain } from './again.ts';
import { BackKey } from './back-key.tsx';
import { topUp, useTopUp } from './form.ts';
import { MemberPanel } from './member-panel.tsx';
import styles from './member-slot.module.css';
import type { SlotAct } from './slot-line.ts';
import { isAnythingTyped } from './top-up-state.ts';
import { type ShownLine, useSlotLine } from './use-slot-line.ts';

const c = classNames(styles);

/** The element that shows a failed look-up, for the member field. */
const SLOT_LINE_ID = 'member-line';

type InputRef = RefObject<HTMLInputElement | null>;

/** A press on the card puts the ring in the field below it, with the number selected. */
function useSelectedNumber(inputRef: InputRef): void {
  useEffect(() => {
    const input = inputRef.current;
    const onMouseDown = (event: MouseEvent) => {
      if (document.activeElement === input || topUp.store.getState().member === null) return;
      event.preventDefault();
      topUp.focusMember();
    };
    input?.addEventListener('mousedown', onMouseDown);
    return () => input?.removeEventListener('mousedown', onMouseDown);
  }, [inputRef]);
}

function MemberField({ inputRef }: { readonly inputRef: InputRef }) {
  const { t } = useTranslation();
  const hasKeys = useKeys();
  const text = useTopUp((state) => state.memberText);
  const hasFailed = useTopUp((state) => state.lookupError !== null);
  useSelectedNumber(inputRef);
  return (
    <TextBox
      label={t('form.member')}
      placeholder={t('form.memberHint')}
      size="seek"
      lead={<Icon name="card" />}
      inputMode={hasKeys ? 'none' : 'text'}
      value={text}
      onChange={topUp.typeMember}
      onEnter={() => void topUp.lookUp()}
      scan="member"
      inputRef={inputRef}
      problemId={hasFailed ? SLOT_LINE_ID : undefined}
      action={<BackKey />}
    />
  );
}

/** What Enter and Escape do in the field too. */
function SlotButton() {
  const { t } = useTranslation();
  const clears = useTopUp(
    (state) => state.member !== null || (state.memberText.trim() === '' && isAnythingTyped(state)),
  );
  return (
    <Press
      className={c('act')}
      preventFocusOnPress
      onPress={clears ? topUp.clear : () => void topUp.lookUp()}
    >
      <Icon name={clears ? 'close' : 'find'} />
      {t(clears ? 'form.clear' : 'form.lookUp')}
    </Press>
  );
}

const actWords: Readonly<Record<SlotAct, string>> = {
  again: 'entry.again',
  seen: 'entry.seen',
  see: 'member.see',
  all: 'member.all',
};

function LineActs({ acts, entry }: Pick<ShownLine, 'acts' | 'entry'>) {
  const { t } = useTranslation();
  const till = useTill();
  const member = useTopUp((state) => state.member);
  const onPress = (act: SlotAct) => {
    if (act === 'all' && member !== null) view.show({ kind: 'member', member, from: 'till' });
    else if (entry === null) return;
    else if (act === 'again') enterAgain(entry, till);
    else if (act === 'seen') acknowledgeEntry(entry);
    else if (entry.state === 'review') openReview(entry.id);
    else view.open({ kind: 'details', entry });
  };
  return acts.map((act) => (
    <Press key={act} className={c('line-act')} onPress={() => onPress(act)}>
      {t(actWords[act])}
    </Press>
  ));
}

/** While the ring in the field hides the card: whom the form is for all the same. */
function WhoIsUp({ member }: { readonly member: MemberCard }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const name = member.name || t('member.unnamed', { number: masked(member.number) });
  return (
    <b className={c('who')} aria-hidden="true">
      {[name, write.money(member.balance)].join(t('app.separator'))}
    </b>
  );
}

/** One box for the member: the field while one is looked for, the card once found. It never moves or grows. */
export function MemberSlot({ inputRef }: { readonly inputRef: InputRef }) {
  const { t } = useTranslation();
  const member = useTopUp((state) => state.member);
  const { tone, text, acts, entry } = useSlotLine();
  return (
    <section
      className={c('slot', tone, member !== null && 'found')}
      aria-label={member === null ? undefined : t('form.member')}
    >
      <div className={c('top')}>
        <div className={c('place')}>
          <MemberField inputRef={inputRef} />
          {member !== null && <MemberPanel member={member} />}
        </div>
        <SlotButton />
      </div>
      <div className={c('line')} data-line={tone}>
        {member !== null && tone === 'quiet' && <WhoIsUp member={member} />}
        <span id={SLOT_LINE_ID} className={c('text')} title={text} aria-live="polite">
          {text}
        </span>
        <LineActs acts={acts} entry={entry} />
      </div>
    </section>
  );
}
