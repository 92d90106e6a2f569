import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClosedTill } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { CheckBox } from '../../kit/check-box.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Facts } from '../../kit/facts.tsx';
import { storeStamp } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { Radio } from '../../kit/radio.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useProof } from '../../people/manager/index.ts';
import { errorText } from '../../shared/i18n.ts';
import styles from './backups.module.css';
import { type InspectedBackup, type Restore, useRestore } from './use-restore.ts';

const c = classNames(styles);

/** Without an open till times are this computer's. */
function useStamp() {
  const { i18n } = useTranslation();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (ms: number) => storeStamp(ms, timeZone, i18n.language);
}

function List({ restore }: { readonly restore: Restore }) {
  const { t } = useTranslation();
  const stamp = useStamp();
  const { found, chosen } = restore;
  if (found === null) return <p>{t('restore.looking')}</p>;
  if (found.length === 0) return <p>{t('restore.none')}</p>;
  return (
    <fieldset className={c('list')} aria-label={t('restore.list')}>
      {found.map(({ id, madeAtMs, reason }) => (
        <Radio key={id} name="backup" isOn={id === chosen} onChoose={() => restore.choose(id)}>
          {t('restore.one', { time: stamp(madeAtMs), reason: t(`restore.reasons.${reason}`) })}
        </Radio>
      ))}
    </fieldset>
  );
}

interface ConfirmProps {
  readonly restore: Restore;
  readonly looked: InspectedBackup;
  readonly closed: ClosedTill | undefined;
}

/** Whose PIN is needed; nothing where anybody may restore. */
function useQuery(closed: ClosedTill | undefined) {
  const { t } = useTranslation();
  const isCode = closed?.asks === 'recovery-code';
  const proof = useProof({
    managers: closed?.managers ?? [],
    again: 'restore:start',
    isCode,
    ...(isCode ? { tillLabel: t('manager.code') } : {}),
  });
  const isAsked = closed !== undefined && closed.asks !== 'nobody';
  return {
    now: () => (isAsked ? proof.now() : undefined),
    check: () => !isAsked || proof.check(),
    onFailure: proof.onFailure,
    box: (onEnter: () => void) =>
      isAsked && (
        <div className={c('asked')}>
          <p>{t(isCode ? 'restore.asksCode' : 'restore.asksPin')}</p>
          {proof.names}
          {proof.pad(onEnter, false)}
        </div>
      ),
  };
}

/** Whose backup it is, and what restoring means. */
function Confirm({ restore, looked, closed }: ConfirmProps) {
  const { t } = useTranslation();
  const stamp = useStamp();
  const [isGone, setGone] = useState(false);
  const asked = useQuery(closed);
  const start = () => {
    if (asked.check()) restore.start(isGone, asked.now(), asked.onFailure);
  };
  const { till, host, lastAtMs, backup } = looked;
  const code = restore.error?.code;
  const isOther = code === 'backup-other-machine' || code === 'till-retired' || isGone;
  return (
    <>
      <Facts
        facts={[
          [t('restore.till'), till],
          [t('restore.host'), host],
          [t('restore.made'), stamp(backup.madeAtMs)],
          [t('restore.last'), lastAtMs === null ? t('restore.nothing') : stamp(lastAtMs)],
        ]}
      />
      <Note tone="warn">
        <div className={c('note')}>
          <b>{t('restore.means')}</b>
          {backup.reason === 'move' ? (
            <span>{t('restore.moved')}</span>
          ) : (
            <>
              <span>{t('restore.older')}</span>
              <span>{t('restore.review')}</span>
            </>
          )}
          <span>{t('restore.kept')}</span>
        </div>
      </Note>
      {isOther && (
        <CheckBox
          label={t('restore.otherMachine')}
          hint={t('restore.otherMachineHint')}
          isOn={isGone}
          onChange={setGone}
        />
      )}
      {asked.box(start)}
      {restore.error !== null && <ErrorNote>{errorText(t, restore.error)}</ErrorNote>}
      <div className={c('answers')}>
        <Button look="primary" onPress={start}>
          {t(restore.isWorking ? 'restore.working' : 'restore.start')}
        </Button>
        <Button onPress={restore.back}>{t('common.back')}</Button>
      </div>
    </>
  );
}

interface Props {
  readonly onBack: () => void;
  /** Absent where there are no records. */
  readonly closed?: ClosedTill | undefined;
}

export function RestoreSheet({ onBack, closed }: Props) {
  const { t } = useTranslation();
  const restore = useRestore();
  const [passphrase, setPassphrase] = useState('');
  const { looked, error, backup } = restore;
  const look = () => restore.look(passphrase);
  if (looked !== null) return <Confirm restore={restore} looked={looked} closed={closed} />;
  return (
    <>
      <p>{t('restore.lead')}</p>
      <List restore={restore} />
      {backup?.isSealed === true && (
        <TextBox
          label={t('backups.passphrase')}
          hint={t('restore.passphraseHint')}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          onEnter={look}
        />
      )}
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <div className={c('answers')}>
        {backup !== undefined && (
          <Button look="primary" onPress={look}>
            {t(restore.isWorking ? 'restore.looking' : 'restore.look')}
          </Button>
        )}
        <Button onPress={() => restore.find(true)}>{t('restore.elsewhere')}</Button>
        <Button look="ghost" onPress={onBack}>
          {t('common.back')}
        </Button>
      </div>
    </>
  );
}
