import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Switch } from '../../kit/switch.tsx';
import { till } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './practice-banner.module.css';
import { PracticeStrip } from './practice-strip.tsx';

const c = classNames(styles);

async function noticeOf(reply: ReturnType<typeof till.practiceSetPlug>) {
  const outcome = await reply;
  if (!outcome.ok) view.notice(outcome.error);
}

export function PracticeBanner() {
  const { t } = useTranslation();
  const practice = useTopic('practice');
  const isPractice = useTopic('mode', (mode) => mode === 'practice');
  if (!isPractice) return null;
  return (
    <div className={c('banner')}>
      <span className={c('words')}>{t('practice.banner')}</span>
      <span className={c('short')} aria-hidden="true">
        {t('practice.bannerShort')}
      </span>
      <PracticeStrip />
      {practice !== null && (
        <div className={c('switches')}>
          <Switch
            label={t('practice.plug')}
            position={t(practice.plugIn ? 'practice.plugIn' : 'practice.plugOut')}
            isOn={practice.plugIn}
            onChange={(isIn) => void noticeOf(till.practiceSetPlug({ in: isIn }))}
          />
          <span className={c('second')}>
            <Switch
              label={t('practice.loseReply')}
              position={t(practice.loseNextReply ? 'practice.on' : 'practice.off')}
              isOn={practice.loseNextReply}
              onChange={(lose) => void noticeOf(till.practiceLoseNextReply({ lose }))}
            />
          </span>
        </div>
      )}
    </div>
  );
}
