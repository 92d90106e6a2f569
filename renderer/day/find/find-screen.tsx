import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundSums } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { SMALL_SCREEN, useMedia } from '../../kit/use-media.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { errorText } from '../../shared/i18n.ts';
import { isLocked, useTill, useTopic } from '../../shared/topics.ts';
import { useView, view } from '../../shared/view.ts';
import type { OneMember } from '../../shared/view-store.ts';
import { useDayTabs } from '../shifts/index.ts';
import { ExportButton } from './export-dialog.tsx';
import { daysOf, isNarrowed, narrowings, spanOf, spans, widened } from './filter.ts';
import { FilterFields } from './filter-fields.tsx';
import styles from './find.module.css';
import { FoundTable, focusRow } from './found-table.tsx';
import { countedOf } from './sums.ts';
import { finder, useFinding, useFreshRows } from './use-finder.ts';
import { countedWords, narrowingWords } from './words.ts';

const c = classNames(card, styles);

/** Pressed again, the key that opened this screen shows yesterday: what members ask about most. */
const YESTERDAY_KEY = 'F3';

function useYesterdayKey(today: string): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEventInit & Event) => {
      if (event.key !== YESTERDAY_KEY || view.store.getState().dialog !== null || isLocked()) return;
      event.preventDefault();
      finder.change(daysOf('yesterday', today));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [today]);
}

function Spans() {
  const { t } = useTranslation();
  const today = useTopic('shift', (shift) => shift.today);
  const chosen = useFinding(finder, ({ filter }) => spanOf(filter, today));
  useYesterdayKey(today);
  return (
    <fieldset className={c('spans')} aria-label={t('find.days')}>
      {spans.map((span) => (
        <Button
          key={span}
          isSelected={span === chosen}
          {...(span === 'yesterday' ? { shortcut: YESTERDAY_KEY } : {})}
          onPress={() => finder.change(daysOf(span, today))}
        >
          {t(`find.spans.${span}`)}
        </Button>
      ))}
    </fieldset>
  );
}

const more = () => void finder.more();

/** Down or Enter moves from the search field to the rows. */
function toRows(event: KeyboardEvent<HTMLElement>): void {
  const isIt = event.key === 'ArrowDown' || event.key === 'Enter';
  if (isIt && !event.nativeEvent.isComposing && focusRow(0)) event.preventDefault();
}

function SearchBox({ fieldRef }: { readonly fieldRef: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation();
  const text = useFinding(finder, ({ filter }) => filter.text);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control is the field inside.
    <div onKeyDown={toRows}>
      <TextBox
        label={t('find.text')}
        hint={t('find.textHint')}
        size="large"
        lead={<Icon name="find" />}
        value={text}
        onChange={(typed) => finder.change({ text: typed.slice(0, 100) }, true)}
        inputRef={fieldRef}
        takesFocus
      />
    </div>
  );
}

function useWords(member: OneMember | null) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const today = useTopic('shift', (shift) => shift.today);
  const filter = useFinding(finder, (finding) => finding.filter);
  const memberName = member?.name || t('find.named.member');
  return {
    narrowed: narrowingWords(filter, { t, till, write, today, memberName }),
    counted: (found: readonly FoundSums[]) => countedWords(countedOf(found), { t, write }),
  };
}

function Summary({ member }: { readonly member: OneMember | null }) {
  const { t } = useTranslation();
  const { narrowed, counted } = useWords(member);
  const sums = useFinding(finder, (finding) => finding.sums);
  const isCounted = useFinding(finder, (finding) => finding.isCounted);
  const words = counted(sums);
  return (
    <div className={c('summary')}>
      <p className={c('counted')} aria-live="polite">
        {isCounted ? words : t('find.counting', { words })}
      </p>
      {narrowed.length > 0 && (
        <ul className={c('chips')} aria-label={t('find.narrowed')}>
          {narrowed.map(({ by, words: what }) => (
            <li key={by}>
              <Button aria-label={t('find.without', { what })} onPress={() => finder.change(widened(by))}>
                <bdi>{what}</bdi>
                <Icon name="close" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function NothingFound({ member }: { readonly member: OneMember | null }) {
  const { t } = useTranslation();
  const { narrowed } = useWords(member);
  const what = narrowed.map(({ words }) => words).join(t('app.separator'));
  return (
    <div className={c('nothing')}>
      <b>{narrowed.length === 0 ? t('find.noEntries') : t('find.nothing', { what })}</b>
      <span>{t(narrowed.length === 0 ? 'find.noEntriesHint' : 'find.nothingHint')}</span>
      <div className={c('ways')}>
        {narrowed.length > 1 &&
          narrowed.map(({ by, words }) => (
            <Button key={by} onPress={() => finder.change(widened(by))}>
              {t('find.without', { what: words })}
            </Button>
          ))}
        {narrowed.length > 0 && <Button onPress={() => finder.begin({})}>{t('find.everything')}</Button>}
      </div>
    </div>
  );
}

function Found({ member, onTop }: { readonly member: OneMember | null; readonly onTop: () => void }) {
  const { t } = useTranslation();
  const rows = useFinding(finder, (finding) => finding.rows);
  const isLooking = useFinding(finder, (finding) => finding.isLooking);
  const failure = useFinding(finder, (finding) => finding.failure);
  const next = useFinding(finder, (finding) => finding.next);
  if (failure !== null) return <ErrorNote>{errorText(t, failure)}</ErrorNote>;
  if (rows.length === 0 && !isLooking && next === null) return <NothingFound member={member} />;
  return (
    <>
      {rows.length > 0 && <FoundTable entries={rows} onEnd={more} onTop={onTop} />}
      {(isLooking || next !== null) && <p className={c('looking')}>{t('find.looking')}</p>}
    </>
  );
}

/** Conditions among the folded fields. */
const inFields = narrowings.filter((by) => by !== 'text' && by !== 'customerUid' && by !== 'days');

export function FindScreen({ member }: { readonly member: OneMember | null }) {
  const { t } = useTranslation();
  const fieldRef = useRef<HTMLInputElement>(null);
  const isSmall = useMedia(SMALL_SCREEN);
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const count = useFinding(finder, ({ filter }) => inFields.filter((by) => isNarrowed(filter, by)).length);
  const isUnfolded = isOpen ?? !isSmall;
  const isBack = useView(({ screen }) => screen.kind === 'find' && screen.isBack === true);
  const tabs = useDayTabs('find');
  useFreshRows(finder);
  // Returning from a member keeps the search.
  useEffect(() => {
    if (isBack) finder.change({});
    else finder.begin(member === null ? {} : { customerUid: member.customerUid });
  }, [isBack, member]);
  return (
    <ScreenFrame title={t('find.title')} tabs={tabs} homeRef={fieldRef} isWide>
      <section className={c('card', 'filter')} aria-label={t('find.filter')}>
        <SearchBox fieldRef={fieldRef} />
        <div className={c('bar')}>
          <Spans />
          <Button look="ghost" aria-expanded={isUnfolded} onPress={() => setOpen(!isUnfolded)}>
            {count === 0 ? t('find.more') : t('find.moreCount', { count })}
          </Button>
        </div>
        {isUnfolded && <FilterFields />}
      </section>
      <section className={c('card', 'found')} aria-label={t('find.found')}>
        <div className={c('head')}>
          <Summary member={member} />
          <ExportButton finder={finder} />
        </div>
        <Found member={member} onTop={() => fieldRef.current?.focus()} />
      </section>
    </ScreenFrame>
  );
}
