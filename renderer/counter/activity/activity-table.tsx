import { memo, type PointerEvent, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import {
  delayPhrase,
  entryNote,
  isReceiptLast,
  isStruck,
  stateWord,
  type WhatDelays,
} from '../../kit/entry-words.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { personWords } from '../../kit/person-words.ts';
import rows from '../../kit/rows-table.module.css';
import { RowButton, RowsTable } from '../../kit/rows-table.tsx';
import { StateTag } from '../../kit/tag.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { useKeys } from '../../kit/touch.ts';
import { SMALL_SCREEN, useMedia } from '../../kit/use-media.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { phrasesText } from '../../shared/i18n.ts';
import { openCancel, openReverse, openReview, openTender } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { canBeEnteredAgain, enterAgain, RefusedActs } from '../counter/index.ts';
import styles from './activity-table.module.css';
import { useTellOpenRow } from './open-row.ts';
import { useTenderChanges } from './tender-changes.ts';

const c = classNames(rows, styles);

interface RowProps {
  readonly entry: Entry;
  readonly write: SumWriter;
  /** The link for a waiting row; null for others, which need no redraw with it. */
  readonly link: WhatDelays | null;
  /** Shows who entered it, if people are set up. */
  readonly isNamed: boolean;
  /** No room for the balance before. */
  readonly isShort: boolean;
  readonly isOpen: boolean;
  /** A finger points at nothing before it presses: there the opened row has the action. */
  readonly isTouched: boolean;
  readonly onToggle: (id: string) => void;
}

/** Its exceptional state in words, where a small window has no column for it. */
function StateInNote({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const { key, tone } = stateWord(entry);
  if (tone === 'good') return null;
  return (
    <span className={c('inNote', tone)} aria-hidden="true">
      {t(key)}
      {t('app.separator')}
    </span>
  );
}

const Cells = memo(function Cells(props: RowProps) {
  const { entry, write, link, isNamed, isShort, isOpen, isTouched, onToggle } = props;
  const { t } = useTranslation();
  const struck = isStruck(entry) && 'struck';
  const { main, bonus, more } = write.sums(entry);
  const name = memberNameOf(t, entry);
  const delay = link === null ? null : delayPhrase(entry, link);
  return (
    <>
      <td className={c('cell', 'time')}>
        <div className={c('face')}>{entry.storeTime}</div>
      </td>
      <td className={c('cell')}>
        <RowButton isOpen={isOpen} onOpen={() => onToggle(entry.id)}>
          <span className={c('member', struck)}>{name}</span>
          <span className={c('note', entry.state === 'rejected' && 'bad')}>
            <StateInNote entry={entry} />
            {phrasesText(t, entryNote(entry, write, delay, isShort))}
            {entry.terms.tender !== null && (
              <>
                {t('app.separator')}
                <bdi>{tenderWords(t, entry.terms.tender)}</bdi>
              </>
            )}
            {isNamed && entry.actor !== '' && (
              <>
                {t('app.separator')}
                <bdi>{personWords(t, entry.actor)}</bdi>
              </>
            )}
          </span>
        </RowButton>
        {isOpen && <RowActs entry={entry} />}
      </td>
      <td className={c('cell', 'sum')}>
        <div className={c('face')}>
          <b className={c(struck)}>{main}</b>
          {bonus !== null && <span className={c('small', struck)}>{bonus}</span>}
          {more !== null && <span className={c('small', struck)}>{more}</span>}
        </div>
      </td>
      <td className={c('cell', 'state')}>
        <div className={c('face', 'end')}>
          <span className={c('word')}>
            <StateTag entry={entry} />
          </span>
          {!isOpen && !isTouched && (
            <span className={c('action')}>
              <RowAction entry={entry} />
            </span>
          )}
        </div>
      </td>
    </>
  );
});

// Names are for screen readers; the first row sets the widths.
const columns = ['time', 'who', 'sum', 'state'] as const;

const POINTED_MS = 4_000;

/** A mouse that was moved lately; one that rests on the list points at nothing, and a finger never does. */
function usePointing() {
  const [move, setMove] = useState(0);
  useEffect(() => {
    if (move === 0) return;
    const timer = setTimeout(() => setMove(0), POINTED_MS);
    return () => clearTimeout(timer);
  }, [move]);
  const onPointerMove = useCallback(({ pointerType, timeStamp }: PointerEvent) => {
    // Once a second is enough to know.
    if (pointerType === 'mouse') setMove((was) => (timeStamp - was < 1_000 ? was : timeStamp));
  }, []);
  return { isPointing: move !== 0, onPointerMove };
}

export function ActivityTable({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const till = useTill();
  const link = useTopic('link');
  const isNamed = useTopic('people', (people) => people !== null);
  const isShort = useMedia(SMALL_SCREEN);
  const write = useWriter(till.currency, till.language);
  // One at a time.
  const [openId, setOpen] = useState<string | null>(null);
  const toggle = useCallback((id: string) => setOpen((was) => (was === id ? null : id)), []);
  useTellOpenRow(entries.some(({ id }) => id === openId));
  const { isPointing, onPointerMove } = usePointing();
  const isTouched = useKeys();
  return (
    <RowsTable
      label={t('activity.table')}
      look={c('today', isPointing && 'pointing')}
      onPointerMove={onPointerMove}
      columns={columns.map((key) => ({ key, name: t(`activity.${key}`), look: c(key), isUnseen: true }))}
      rows={entries}
      lookOf={(entry) => c(openId === entry.id ? 'open' : hasAction(entry) && !isTouched && 'acting')}
      cellsOf={(entry) => (
        <Cells
          entry={entry}
          write={write}
          link={entry.state === 'queued' ? link : null}
          isNamed={isNamed}
          isShort={isShort}
          isOpen={openId === entry.id}
          isTouched={isTouched}
          onToggle={toggle}
        />
      )}
    />
  );
}

const hasAction = (entry: Entry): boolean => entry.canCancel || entry.canReverse || canBeEnteredAgain(entry);

/** What can be done with it, in words; what is seldom done is in the details. */
function RowActs({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const { ways } = useTenderChanges(entry);
  const isLast = isReceiptLast(entry);
  const receipt = (
    <Button onPress={() => view.open({ kind: 'receipt', entry })}>{t('receipts.print')}</Button>
  );
  return (
    <div className={c('acts')}>
      {!isLast && receipt}
      {entry.state === 'rejected' ? <RefusedActs entry={entry} /> : <RowAction entry={entry} />}
      {ways.length > 0 && (
        <Button onPress={() => openTender(entry, ways)}>{t('activity.paidOtherwise')}</Button>
      )}
      {entry.state === 'review' && <Button onPress={() => openReview(entry.id)}>{t('review.open')}</Button>}
      <Button onPress={() => view.open({ kind: 'details', entry })}>{t('activity.details')}</Button>
      {isLast && receipt}
    </div>
  );
}

/** The most frequent act in this state. */
function RowAction({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  if (entry.canCancel) return <Button onPress={() => openCancel(entry)}>{t('entry.cancel')}</Button>;
  if (entry.canReverse) return <Button onPress={() => openReverse(entry)}>{t('entry.reverse')}</Button>;
  if (!canBeEnteredAgain(entry)) return null;
  return <Button onPress={() => enterAgain(entry, till)}>{t('entry.again')}</Button>;
}
