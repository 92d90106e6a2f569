import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateFormat, fixedByBackup } from '../../../preload/contract/app/values.ts';
import type { ClosedTill, ErrorCode, Person } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Logo } from '../../kit/logo.tsx';
import { Note } from '../../kit/note.tsx';
import page from '../../kit/page.module.css';
import { TicketFace } from '../../kit/ticket-face.tsx';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { useHeading } from '../../shared/use-focus-home.ts';
import { view } from '../../shared/view.ts';
import styles from './moved-screen.module.css';
import notice from './notice-sheet.module.css';

const c = classNames(page, notice, styles);

const nothingTold: ClosedTill = { moved: null, asks: 'nobody', managers: [] };

/** The records of a till that a backup could restore; undefined until main has replied. */
export function useClosedTill(code: ErrorCode): ClosedTill | undefined {
  const [closed, setClosed] = useState<ClosedTill | undefined>(undefined);
  useEffect(() => {
    let isLate = false;
    if (!fixedByBackup.includes(code)) return;
    setClosed(undefined);
    void till.restoreMoved({}).then((reply) => {
      if (!isLate) setClosed(reply.ok ? reply.value : nothingTold);
    });
    return () => {
      isLate = true;
    };
  }, [code]);
  return closed;
}

interface MovedProps {
  readonly moved: NonNullable<ClosedTill['moved']>;
  readonly closed: ClosedTill;
}

function Steps() {
  const { t } = useTranslation();
  const steps = ['first', 'second'] as const;
  return (
    <ol className={c('steps')}>
      {steps.map((step, at) => (
        <li key={step} className={c('step')}>
          <span className={c('number')} aria-hidden="true">
            {at + 1}
          </span>
          <span>
            <b>{t(`moved.${step}.do`)}</b>
            <span className={c('how')}>
              {t(`moved.${step}.how`, { way: t('firstStart.restore'), place: t('restore.elsewhere') })}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Where the till continues; offers no way to run it twice. */
export function MovedScreen({ moved, closed }: MovedProps) {
  const { t, i18n } = useTranslation();
  const headRef = useHeading();
  const { atMs, file, open } = moved;
  // Without keys no PIN can be checked.
  const hasKeys = closed.asks !== 'recovery-code';
  // Without an open till times are this computer's.
  const part = (parts: Intl.DateTimeFormatOptions) => dateFormat(i18n.language, parts).format(atMs);
  const at = [part({ day: 'numeric', month: 'short' }), part({ hour: '2-digit', minute: '2-digit' })];
  return (
    <div className={c('page')}>
      <main className={c('alone', 'form')}>
        <Logo />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('moved.title')}
        </h1>
        <p className={c('lead')}>{t('moved.lead')}</p>
        <TicketFace
          look="done"
          number={t('moved.stub')}
          stub={at}
          title={file?.file ?? t('moved.theFile')}
          line={file === null ? t('moved.where') : file.folder}
          word={t('moved.word')}
        />
        {open !== null && open > 0 && <Note tone="warn">{t('moved.open', { count: open })}</Note>}
        <Steps />
        {!hasKeys && <Note tone="warn">{t('moved.keyring')}</Note>}
        <div className={c('ends')}>
          <Button look="primary" onPress={() => void till.appClose({ answer: 'close' })}>
            {t('moved.close')}
          </Button>
          <span className={c('grow')} />
          <Button look="ghost" onPress={() => view.open({ kind: 'diagnostics' })}>
            {t('broken.diagnostics')}
          </Button>
          {hasKeys && (
            <Button
              look="ghost"
              onPress={() => view.open({ kind: 'never-opened', managers: closed.managers })}
            >
              {t('moved.never')}
            </Button>
          )}
        </div>
      </main>
    </div>
  );
}

/** A manager says that the move was never used: this till opens again, and everything open goes to review. */
export function NeverOpenedDialog({
  managers,
}: {
  readonly managers: readonly Pick<Person, 'id' | 'name'>[];
}) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('moved.neverTitle')}
      lead={t('moved.neverLead')}
      action={t('moved.neverDo')}
      again="restore:neverOpened"
      managers={managers}
      send={(pin) => till.restoreNeverOpened({ pin })}
    />
  );
}
