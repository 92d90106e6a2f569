import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { till as bridge } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { CallMeter } from '../../components/call-meter.tsx';
import { DialogFrame, ErrorNote } from '../../components/dialog-frame.tsx';
import { Facts } from '../../components/facts.tsx';
import { useWriter } from '../../components/use-writer.ts';
import { sayError } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { storeMoment } from '../../logic/format.ts';
import { toReview } from '../../logic/status.ts';
import { useSnapshot, useTill, view } from '../../stores/index.ts';
import { openMakePin, openReplaceKey, openReview } from '../activity/open-dialogs.ts';
import { useSubmit } from './form-dialog.tsx';
import styles from './menu-dialog.module.css';

const c = classNames(styles);

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={c('section')}>
      <h3 className={c('title')}>{title}</h3>
      {children}
    </section>
  );
}

function useMoment() {
  const till = useTill();
  return (ms: number) => storeMoment(ms, Date.now(), till.storeTimeZone, till.language);
}

function StoreSection() {
  const { t } = useTranslation();
  const till = useTill();
  const moment = useMoment();
  const write = useWriter(till.currency, till.language);
  const isLive = useSnapshot((snapshot) => snapshot.mode === 'live');
  const lastAnswerAtMs = useSnapshot((snapshot) => snapshot.link.lastAnswerAtMs);
  return (
    <Section title={t('menu.connection')}>
      <Facts
        facts={[
          [t('menu.till'), till.name],
          [t('menu.host'), till.host],
          [t('menu.appId'), till.appId],
          [t('menu.zone'), till.storeTimeZone],
          [t('menu.currency'), till.currency],
          [t('menu.limit'), write.money(till.balanceCap)],
          [t('menu.lastAnswer'), lastAnswerAtMs === null ? t('menu.never') : moment(lastAnswerAtMs)],
        ]}
      />
      {isLive && (
        <div className={c('answers')}>
          <Button onPress={openReplaceKey}>{t('menu.replaceKey')}</Button>
        </div>
      )}
    </Section>
  );
}

function ManagerSection() {
  const { t } = useTranslation();
  const isPinSet = useSnapshot((snapshot) => snapshot.managerPinSet);
  const needed = useSnapshot(toReview);
  return (
    <Section title={t('menu.manager')}>
      {needed > 0 && <p>{t('review.needs', { count: needed })}</p>}
      <div className={c('answers')}>
        <Button onPress={() => openReview(null)}>{t('menu.openReview')}</Button>
        <Button onPress={() => view.show({ kind: 'settings' })}>{t('menu.settings')}</Button>
        <Button onPress={() => view.show({ kind: 'check-up' })}>{t('menu.checkUp')}</Button>
      </div>
      <p className={c('quiet')}>{t(isPinSet ? 'menu.pinSet' : 'menu.pinNotSet')}</p>
      <div className={c('answers')}>
        {isPinSet ? (
          <Button onPress={() => view.open({ kind: 'recover', next: null })}>{t('waysOut.recover')}</Button>
        ) : (
          <Button onPress={() => openMakePin(null)}>{t('menu.makePin')}</Button>
        )}
      </div>
    </Section>
  );
}

function NumbersSections() {
  const { t } = useTranslation();
  const moment = useMoment();
  const budget = useSnapshot((snapshot) => snapshot.budget);
  const { members, complete, updatedAtMs } = useSnapshot((snapshot) => snapshot.directory);
  const how =
    complete && updatedAtMs !== null
      ? t('menu.directoryComplete', { time: moment(updatedAtMs) })
      : t('menu.directoryPartial');
  return (
    <>
      <Section title={t('menu.calls')}>
        <CallMeter budget={budget} />
        <p className={c('quiet')}>{t('menu.budget', { kept: budget.keptForIncrements })}</p>
      </Section>
      <Section title={t('menu.directoryTitle')}>
        <p className={c('quiet')}>{t('menu.directory', { count: members, how })}</p>
      </Section>
    </>
  );
}

function PracticeSection() {
  const { t } = useTranslation();
  const isPractice = useSnapshot((snapshot) => snapshot.mode === 'practice');
  const { submit, error } = useSubmit(
    () => (isPractice ? bridge.setupLeavePractice({}) : bridge.setupOpenPractice({})),
    view.close,
  );
  return (
    <Section title={t('menu.practice')}>
      {!isPractice && <p className={c('quiet')}>{t('menu.openPracticeHint')}</p>}
      {error !== null && <ErrorNote>{sayError(t, error)}</ErrorNote>}
      <div className={c('answers')}>
        <Button onPress={submit}>{t(isPractice ? 'menu.leavePractice' : 'menu.openPractice')}</Button>
      </div>
    </Section>
  );
}

export function MenuDialog() {
  const { t } = useTranslation();
  return (
    <DialogFrame title={t('menu.title')} side onClose={view.close}>
      <StoreSection />
      <ManagerSection />
      <NumbersSections />
      <PracticeSection />
      <Section title={t('menu.about')}>
        <p className={c('quiet')}>{t('menu.aboutText')}</p>
      </Section>
    </DialogFrame>
  );
}
