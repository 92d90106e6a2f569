import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { ActionsRow } from '../../kit/sets.tsx';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import type { MembersFileNotice } from '../../shared/view-store.ts';
import styles from './settings.module.css';

const c = classNames(styles);

/** The member directory, and the file for the account's other tills: members in it cost no calls. */
export function MembersRow() {
  const { t } = useTranslation();
  const { storeTimeZone, language } = useTill();
  const { members, updatedAtMs } = useTopic('directory');
  const [notice, setNotice] = useState<MembersFileNotice | null>(null);
  const open = (act: 'save' | 'take') => openGuarded({ kind: 'members-file', act, onDone: setNotice });
  const count = t('membersFile.kept', { count: members });
  const whole =
    updatedAtMs === null
      ? t('membersFile.neverWhole')
      : t('membersFile.whole', { time: storeMoment(updatedAtMs, Date.now(), storeTimeZone, language) });
  return (
    <>
      <ActionsRow label={t('membersFile.title')} hint={[count, whole].join(t('app.separator'))}>
        <Button isDisabled={members === 0} onPress={() => open('save')}>
          {t('membersFile.save')}
        </Button>
        <Button onPress={() => open('take')}>{t('membersFile.take')}</Button>
      </ActionsRow>
      <p className={c('told')} aria-live="polite">
        {notice?.act === 'save' && t('membersFile.saved', { count: notice.members })}
        {notice?.act === 'take' && t('membersFile.taken', { count: notice.members, added: notice.added })}
      </p>
    </>
  );
}
