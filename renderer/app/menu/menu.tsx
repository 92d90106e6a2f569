import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { PopList } from '../../kit/pop-list.tsx';
import { openHelp } from '../../shared/help.ts';
import { openDay, openFind } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { useDesk } from '../desk/index.ts';
import styles from './menu.module.css';
import { MenuRow } from './menu-row.tsx';

const c = classNames(styles);

function help(): void {
  view.close();
  openHelp();
}

const practice = () => view.leaveFor(() => view.open({ kind: 'practice' }));

/** What everybody needs; all that is a manager's lies at the desk. */
export function Menu() {
  const { t } = useTranslation();
  const openDesk = useDesk();
  const isPractice = useTopic('mode', (mode) => mode === 'practice');
  return (
    <PopList label={t('menu.title')} at="end" onClose={view.close}>
      <MenuRow
        icon="find"
        label={t('menu.find')}
        hint={t('menu.findHint')}
        shortcut="F3"
        takesFocus
        onPress={openFind}
      />
      <MenuRow
        icon="day"
        label={t('menu.shift')}
        hint={t('menu.shiftHint')}
        shortcut="F4"
        onPress={openDay}
      />
      <MenuRow
        icon="practice"
        label={t('menu.practice')}
        hint={t(isPractice ? 'menu.practiceInHint' : 'menu.practiceHint')}
        onPress={practice}
      />
      <MenuRow icon="help" label={t('menu.help')} hint={t('menu.helpHint')} shortcut="F1" onPress={help} />
      <hr className={c('rule')} />
      <MenuRow icon="desk" label={t('menu.desk')} hint={t('menu.deskHint')} onPress={openDesk} />
    </PopList>
  );
}
