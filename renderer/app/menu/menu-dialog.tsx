import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../kit/answers.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Facts } from '../../kit/facts.tsx';
import { storeMoment } from '../../kit/format.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { openHelp } from '../../shared/help.ts';
import { errorText, phraseText } from '../../shared/i18n.ts';
import { leavePractice } from '../../shared/leaving.ts';
import {
  openGuarded,
  openMakePin,
  openReplaceKey,
  openReview,
  openTillNumber,
} from '../../shared/open-dialogs.ts';
import { useToReview } from '../../shared/to-review.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import { useUpdateRow } from '../../updates/updates/index.ts';
import { guide } from '../practice/index.ts';
import { forecastOf } from '../status/index.ts';
import { CallMeter } from './call-meter.tsx';
import styles from './menu-dialog.module.css';
import { MenuGroup, MenuRow } from './menu-group.tsx';

const c = classNames(styles);

function useMoment() {
  const till = useTill();
  return (ms: number) => storeMoment(ms, Date.now(), till.storeTimeZone, till.language);
}

/** In practice among practice, at a live till among the day, whose report may have the result. */
function DrillRow() {
  const { t } = useTranslation();
  return (
    <MenuRow
      label={t('menu.drill')}
      hint={t('menu.drillHint')}
      onPress={() => view.open({ kind: 'drill-start' })}
    />
  );
}

function DayGroup() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return (
    <MenuGroup title={t('menu.day')}>
      <MenuRow
        label={t('menu.shift')}
        hint={t('menu.shiftHint')}
        onPress={() => view.show({ kind: 'day', part: { kind: 'shift' } })}
      />
      <MenuRow
        label={t('menu.owner')}
        hint={t('menu.ownerHint')}
        onPress={() => view.show({ kind: 'owner' })}
      />
      <MenuRow
        label={t('menu.match')}
        hint={t('menu.matchHint')}
        onPress={() => view.show({ kind: 'matching' })}
      />
      {isLive && <DrillRow />}
    </MenuGroup>
  );
}

function ManagerGroup() {
  const { t } = useTranslation();
  const isPinSet = useTopic('managerPinSet');
  const needed = useToReview();
  const update = useUpdateRow();
  return (
    <MenuGroup title={t('menu.manager')}>
      <MenuRow
        label={t('menu.openReview')}
        hint={needed > 0 ? t('review.needs', { count: needed }) : t('menu.reviewHint')}
        isCalled={needed > 0}
        onPress={() => openReview(null)}
      />
      <MenuRow
        label={t('menu.settings')}
        hint={t('menu.settingsHint')}
        onPress={() => view.show({ kind: 'settings' })}
      />
      <MenuRow
        label={t('menu.rules')}
        hint={t('menu.rulesHint')}
        onPress={() => view.show({ kind: 'rules' })}
      />
      <MenuRow
        label={t('menu.people')}
        hint={t('menu.peopleHint')}
        onPress={() => view.show({ kind: 'people' })}
      />
      <MenuRow
        label={t('menu.checkUp')}
        hint={t('menu.checkUpHint')}
        onPress={() => view.show({ kind: 'check-up' })}
      />
      {!isPinSet && (
        <MenuRow label={t('menu.makePin')} hint={t('menu.pinNotSet')} onPress={() => openMakePin(null)} />
      )}
      {update !== null && <MenuRow {...update} />}
    </MenuGroup>
  );
}

function showGuide() {
  guide.bringBack();
  view.show({ kind: 'till' });
}

function PracticeGroup() {
  const { t } = useTranslation();
  const isPractice = useTopic('mode', (mode) => mode === 'practice');
  const { submit, error } = useSubmit(
    () => (isPractice ? leavePractice() : bridge.setupOpenPractice({})),
    view.close,
  );
  return (
    <MenuGroup title={t('menu.practice')}>
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <MenuRow
        label={t(isPractice ? 'menu.leavePractice' : 'menu.openPractice')}
        hint={t(isPractice ? 'menu.leavePracticeHint' : 'menu.openPracticeHint')}
        onPress={submit}
      />
      {isPractice && (
        <MenuRow label={t('menu.showGuide')} hint={t('menu.showGuideHint')} onPress={showGuide} />
      )}
      {isPractice && <DrillRow />}
    </MenuGroup>
  );
}

function TodayGroup() {
  const { t } = useTranslation();
  const moment = useMoment();
  const budget = useTopic('budget');
  const { members, complete, updatedAtMs } = useTopic('directory');
  const kept =
    complete && updatedAtMs !== null
      ? t('menu.directory', { count: members, time: moment(updatedAtMs) })
      : t('menu.directoryPartial', { count: members });
  const { toldAtMs, used, needed } = budget;
  const counted =
    toldAtMs === null
      ? t('menu.callsOwn', { used, needed })
      : t('menu.callsTold', { time: moment(toldAtMs), needed });
  const forecast = forecastOf(budget, Date.now(), moment);
  return (
    <MenuGroup title={t('menu.calls')}>
      <div className={c('words')}>
        <CallMeter budget={budget} />
        <p>{counted}</p>
        {forecast !== null && <p>{phraseText(t, forecast)}</p>}
        <p>{kept}</p>
      </div>
    </MenuGroup>
  );
}

function StoreGroup() {
  const { t } = useTranslation();
  const till = useTill();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return (
    <MenuGroup title={t('menu.connection')}>
      <div className={c('words')}>
        <Facts
          facts={[
            [t('menu.till'), till.name],
            [t('menu.number'), t('menu.numberOf', { number: till.number, count: till.count })],
            [t('menu.host'), till.host],
            [t('menu.appId'), till.appId],
            [t('menu.zone'), till.storeTimeZone],
            [t('menu.currency'), till.currency],
          ]}
        />
      </div>
      {isLive && (
        <>
          <MenuRow label={t('menu.tillNumber')} hint={t('menu.tillNumberHint')} onPress={openTillNumber} />
          <MenuRow label={t('menu.replaceKey')} hint={t('menu.replaceKeyHint')} onPress={openReplaceKey} />
        </>
      )}
    </MenuGroup>
  );
}

const askStation = () => bridge.stationGet({});

/** The shop's settings cannot be changed from practice. */
function StationRows() {
  const { t } = useTranslation();
  const { value: station } = useQuery(askStation);
  if (station === null) return null;
  return (
    <>
      <MenuRow
        label={t('menu.station')}
        hint={t('menu.stationHint')}
        onPress={() => openGuarded({ kind: 'station', station })}
      />
      {station.isKiosk && (
        <MenuRow
          label={t('menu.leaveKiosk')}
          hint={t('menu.leaveKioskHint')}
          onPress={() => openGuarded({ kind: 'leave-kiosk' })}
        />
      )}
    </>
  );
}

function HelpGroup() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return (
    <MenuGroup title={t('menu.help')}>
      <MenuRow label={t('menu.handbook')} hint={t('menu.handbookHint')} onPress={openHelp} />
      <MenuRow
        label={t('menu.diagnostics')}
        hint={t('menu.diagnosticsHint')}
        onPress={() => view.open({ kind: 'diagnostics' })}
      />
      {isLive && <StationRows />}
      <MenuRow
        label={t('menu.about')}
        hint={t('menu.aboutHint')}
        onPress={() => view.open({ kind: 'about' })}
      />
    </MenuGroup>
  );
}

export function MenuDialog() {
  const { t } = useTranslation();
  return (
    <DialogFrame title={t('menu.title')} side onClose={view.close}>
      <DayGroup />
      <ManagerGroup />
      <PracticeGroup />
      <TodayGroup />
      <StoreGroup />
      <HelpGroup />
    </DialogFrame>
  );
}
