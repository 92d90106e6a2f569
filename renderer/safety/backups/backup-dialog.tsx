import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addAmounts } from '../../../preload/contract/app/values.ts';
import { Note } from '../../kit/note.tsx';
import { Progress } from '../../kit/progress.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import type { BackupAct } from '../../shared/view-store.ts';

interface Props {
  readonly act: BackupAct;
  readonly onDone?: (() => void) | undefined;
}

const sends = {
  now: till.backupsNow,
  forget: till.backupsForgetPlace,
} as const;

export function BackupDialog({ act, onDone }: Props) {
  const { t } = useTranslation();
  if (act === 'choose' || act === 'move') return <PassphraseDialog act={act} onDone={onDone} />;
  return (
    <PinDialog
      title={t(`backups.acts.${act}.title`)}
      lead={t(`backups.acts.${act}.lead`)}
      action={t(`backups.acts.${act}.action`)}
      isPlain={act === 'now'}
      send={(pin) => sends[act]({ pin })}
      onDone={() => onDone?.()}
    >
      <BackupProgress />
    </PinDialog>
  );
}

/** A minute for years of records. */
function BackupProgress() {
  const { t } = useTranslation();
  const percent = useTopic('backupPercent');
  if (percent === null) return null;
  return (
    <Progress label={t('backups.progress')} percent={percent}>
      {t('backups.percent', { percent })}
    </Progress>
  );
}

/** What a manager on the other computer will have to decide. */
function OpenNow() {
  const { t } = useTranslation();
  const { currency, language } = useTill();
  const write = useWriter(currency, language);
  const { waiting, checking, review } = useTopic('today');
  const open = [waiting, checking, review];
  const count = open.reduce((all, { entries }) => all + entries, 0);
  if (count === 0) return null;
  const sum = write.both(
    addAmounts(...open.map(({ balance }) => balance)),
    addAmounts(...open.map(({ point }) => point)),
  );
  return <Note tone="warn">{t('backups.openNow', { count, sum })}</Note>;
}

interface PassphraseProps extends Pick<Props, 'onDone'> {
  readonly act: keyof typeof sealedSends;
}

const sealedSends = { choose: till.backupsChoosePlace, move: till.backupsMove } as const;

/** Typed twice: a mistyped passphrase would open nothing when it is needed. */
function PassphraseDialog({ act, onDone }: PassphraseProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [showsErrors, setShowsErrors] = useState(false);
  const differs = showsErrors && passphrase !== again;
  return (
    <PinDialog
      title={t(`backups.acts.${act}.title`)}
      lead={t(`backups.acts.${act}.lead`)}
      action={t(`backups.acts.${act}.action`)}
      again={act === 'move' ? 'backups:move' : 'backups:choosePlace'}
      check={() => {
        setShowsErrors(true);
        return passphrase === again;
      }}
      send={(pin) => sealedSends[act]({ passphrase, pin })}
      onDone={() => onDone?.()}
      takesFocus={false}
    >
      {act === 'move' && <OpenNow />}
      <TextBox
        label={t('backups.passphrase')}
        hint={t('backups.passphraseHint')}
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        takesFocus
      />
      <TextBox
        label={t('backups.passphraseAgain')}
        type="password"
        value={again}
        onChange={setAgain}
        error={differs ? t('backups.passphraseDiffers') : undefined}
      />
      <BackupProgress />
    </PinDialog>
  );
}
