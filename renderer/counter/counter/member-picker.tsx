import { type KeyboardEvent, useRef, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { useTranslation } from 'react-i18next';
import type { MemberCard } from '../../../preload/contract/index.ts';
import { characters } from '../../kit/characters.ts';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { topUp, useTopUp } from './form.ts';
import styles from './member-picker.module.css';
import { MOST_FOUND, narrowed, numbersToTellApart } from './picker.ts';

const c = classNames(styles);

/**
 * Several members. Nothing is selected, and the focus is not in the list, so that a held Enter or a scanner's second
 * one picks nobody.
 */
export function MemberPicker() {
  const choices = useTopUp((state) => state.choices);
  return choices === null ? null : <Picker choices={choices} />;
}

/** Arrows move between box and list; letters typed in the list go to the box. */
function useListKeys() {
  const boxRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const options = () => [...(listRef.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    const isInList = listRef.current?.contains(document.activeElement) ?? false;
    const isTyped = characters(event.key).length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isInList && event.key === 'ArrowDown') {
      event.preventDefault();
      options()[0]?.focus();
    } else if (isInList && event.key === 'ArrowUp' && document.activeElement === options()[0]) {
      event.preventDefault();
      event.stopPropagation();
      boxRef.current?.focus();
    } else if (isInList && isTyped && event.key !== ' ') {
      event.stopPropagation();
      boxRef.current?.focus();
    }
  };
  return { boxRef, listRef, onKeyDown };
}

function Picker({ choices }: { readonly choices: readonly MemberCard[] }) {
  const { t } = useTranslation();
  const hasKeys = useKeys();
  const [text, setText] = useState('');
  const { boxRef, listRef, onKeyDown } = useListKeys();
  const members = narrowed(choices, text);
  const numbers = numbersToTellApart(choices);
  const pick = (uid: string) => {
    const member = choices.find(({ customerUid }) => customerUid === uid);
    if (member !== undefined) topUp.choose(member);
  };
  const isFull = choices.length >= MOST_FOUND;
  // KYBIO does not search by name.
  const isKnownOnly = !isFull && choices.every(({ source }) => source === 'till');
  return (
    <DialogFrame
      title={t(isFull ? 'picker.titleMore' : 'picker.title', { count: choices.length })}
      lead={t(hasKeys ? 'picker.leadTouch' : 'picker.lead')}
      onClose={topUp.dismissChoices}
    >
      <div className={c('picker')} onKeyDownCapture={onKeyDown}>
        <TextBox
          label={t('picker.search')}
          placeholder={t('picker.searchHint')}
          value={text}
          onChange={setText}
          inputRef={boxRef}
          takesFocus
        />
        <ListBox
          ref={listRef}
          aria-label={t('picker.list')}
          className={c('list')}
          selectionMode="none"
          items={members.map((member) => ({ id: member.customerUid, member }))}
          renderEmptyState={() => <p className={c('none')}>{t('picker.none')}</p>}
          onAction={(key) => pick(String(key))}
        >
          {({ member }) => <Choice member={member} number={numbers.get(member.customerUid) ?? ''} />}
        </ListBox>
        {isFull && <p className={c('more')}>{t('picker.more')}</p>}
        {isKnownOnly && <p className={c('more')}>{t('picker.known')}</p>}
      </div>
    </DialogFrame>
  );
}

interface ChoiceProps {
  readonly member: MemberCard;
  /** Masked, but distinct. */
  readonly number: string;
}

function Choice({ member, number }: ChoiceProps) {
  const { t } = useTranslation();
  const name = member.name || t('member.unnamed', { number });
  const about = [member.categoryName, member.maskedPhone].filter(Boolean).join(t('app.separator'));
  return (
    <ListBoxItem id={member.customerUid} textValue={`${name} ${number}`} className={c('option')}>
      <span className={c('name')}>{name}</span>
      <span className={c('number')}>{number}</span>
      <span className={c('tier')}>{about}</span>
    </ListBoxItem>
  );
}
