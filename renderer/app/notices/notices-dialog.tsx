import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { joinSentences } from '../../shared/i18n.ts';
import { view } from '../../shared/view.ts';
import { doAct } from './notice-acts.ts';
import type { Notice } from './notices.ts';
import styles from './notices-dialog.module.css';
import { sayNotice, useNotices } from './use-notices.ts';

function Buttons({ buttons }: Pick<Notice, 'buttons'>) {
  const { t } = useTranslation();
  if (buttons.length === 0) return null;
  return (
    <Answers>
      {buttons.map(({ act, label }) => (
        <Button
          key={act}
          onPress={() => {
            view.close();
            doAct(act);
          }}
        >
          {t(label)}
        </Button>
      ))}
    </Answers>
  );
}

function Told({ notice: { title, told, buttons } }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  return (
    <section className={styles['notice']}>
      <h3 className={styles['title']}>{sayNotice(t, title)}</h3>
      {told.length > 0 && (
        <p>
          {joinSentences(
            t,
            told.map((words) => sayNotice(t, words)),
          )}
        </p>
      )}
      <Buttons buttons={buttons} />
    </section>
  );
}

/** Every notice in full, or one of a kind; closed once there is none of them. */
export function NoticesDialog({ of }: { readonly of: string | null }) {
  const { t } = useTranslation();
  const notices = useNotices().filter(({ kind }) => of === null || kind === of);
  const isOver = notices.length === 0;
  useEffect(() => {
    if (isOver) view.close();
  }, [isOver]);
  const [only, ...others] = notices;
  if (only === undefined) return null;
  if (others.length === 0)
    return (
      <DialogFrame title={sayNotice(t, only.title)} onClose={view.close}>
        {only.told.map((words) => {
          const said = sayNotice(t, words);
          return <p key={said}>{said}</p>;
        })}
        <Buttons buttons={only.buttons} />
      </DialogFrame>
    );
  return (
    <DialogFrame title={t('notices.all')} onClose={view.close}>
      {notices.map((notice) => (
        <Told key={notice.kind} notice={notice} />
      ))}
    </DialogFrame>
  );
}
