import { useEffect, useRef } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { useTranslation } from 'react-i18next';
import type { MemberCard } from '../../../preload/contract/index.ts';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { classNames } from '../../logic/class-names.ts';
import { masked } from '../../logic/format.ts';
import { topUp, useTopUp } from '../../stores/index.ts';
import styles from './member-picker.module.css';

const c = classNames(styles);

/**
 * Several members for one phone or name. Nothing is chosen beforehand and the focus is not in the
 * list: an Enter that is still held, or a scanner's second one, takes nobody.
 */
export function MemberPicker() {
  const choices = useTopUp((state) => state.choices);
  return choices === null ? null : <Picker choices={choices} />;
}

function Picker({ choices }: { readonly choices: readonly MemberCard[] }) {
  const { t } = useTranslation();
  const listRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const intoList = (event: KeyboardEvent) => {
      const list = listRef.current;
      if (event.key !== 'ArrowDown' || list === null || list.contains(document.activeElement)) return;
      event.preventDefault();
      list.querySelector<HTMLElement>('[role=option]')?.focus();
    };
    document.addEventListener('keydown', intoList);
    return () => document.removeEventListener('keydown', intoList);
  }, []);
  const pick = (uid: string) => {
    const member = choices.find(({ customerUid }) => customerUid === uid);
    if (member !== undefined) topUp.choose(member);
  };
  return (
    <DialogFrame
      title={t('picker.title', { count: choices.length })}
      lead={t('picker.lead')}
      onClose={topUp.dismissChoices}
    >
      <ListBox
        ref={listRef}
        aria-label={t('picker.list')}
        className={c('list')}
        selectionMode="none"
        onAction={(key) => pick(String(key))}
      >
        {choices.map((member) => (
          <Choice key={member.customerUid} member={member} />
        ))}
      </ListBox>
    </DialogFrame>
  );
}

function Choice({ member }: { readonly member: MemberCard }) {
  const { t } = useTranslation();
  const name = member.name || t('member.unnamed', { number: masked(member.number) });
  const about = [member.categoryName, member.maskedPhone].filter(Boolean).join(t('app.separator'));
  return (
    <ListBoxItem id={member.customerUid} textValue={name} className={c('option')}>
      <span className={c('name')}>{name}</span>
      <span className={c('number')}>{masked(member.number)}</span>
      <span className={c('tier')}>{about}</span>
    </ListBoxItem>
  );
}
