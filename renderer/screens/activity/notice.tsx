import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Answers, ErrorNote } from '../../components/dialog-frame.tsx';
import { sayError } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { topUp, useView, view } from '../../stores/index.ts';
import { WayOutButton } from '../way-out.tsx';
import styles from './activity.module.css';

const c = classNames(styles);

function dismiss(): void {
  view.notice(null);
  topUp.focusMember();
}

/** A failure that has no place of its own; it goes with the next thing that is done, or when it is put away. */
export function Notice() {
  const { t } = useTranslation();
  const notice = useView((state) => state.notice);
  if (notice === null) return null;
  return (
    <div className={c('told')}>
      <ErrorNote>{sayError(t, notice)}</ErrorNote>
      <Answers>
        <WayOutButton error={notice} />
        <Button look="ghost" onPress={dismiss}>
          {t('activity.dismiss')}
        </Button>
      </Answers>
    </div>
  );
}
