import { useTranslation } from 'react-i18next';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { useErrorWords } from '../../shared/other-words.ts';
import { useView, view } from '../../shared/view.ts';
import { WayOutButton } from '../../shared/way-out.tsx';
import { topUp } from '../counter/index.ts';
import styles from './activity.module.css';

const c = classNames(styles);

function dismiss(): void {
  view.notice(null);
  topUp.focusMember();
}

/** A failure without a place of its own; dismissed by the next act. */
export function Notice() {
  const { t } = useTranslation();
  const notice = useView((state) => state.notice);
  const sentence = useErrorWords(notice);
  if (notice === null || sentence === undefined) return null;
  return (
    <div className={c('told')}>
      <ErrorNote>{sentence}</ErrorNote>
      <Answers>
        <WayOutButton error={notice} />
        <Button look="ghost" onPress={dismiss}>
          {t('activity.dismiss')}
        </Button>
      </Answers>
    </div>
  );
}
