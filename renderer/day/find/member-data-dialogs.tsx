import { useTranslation } from 'react-i18next';
import type { Erasable } from '../../../preload/contract/index.ts';
import { topUp } from '../../counter/counter/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import { heldWords } from './file-words.ts';
import styles from './member.module.css';

const c = classNames(styles);

interface Props {
  readonly customerUid: string;
}

/** All that is held on the member, in one file. */
export function SaveHeldDialog({ customerUid }: Props) {
  const { t } = useTranslation();
  const { language, storeTimeZone } = useTill();
  const words = () => heldWords(t, { locale: language, zone: storeTimeZone });
  return (
    <PinDialog
      title={t('find.held.save.title')}
      lead={t('find.held.save.lead')}
      action={t('find.export.action')}
      send={(pin) => bridge.memberDataSave({ customerUid, words: words(), pin })}
      onDone={({ saved }) => {
        if (saved !== null) view.open({ kind: 'exported', of: 'held', entries: saved.entries });
      }}
    />
  );
}

/** What an erasure leaves, and until when. */
function Stays({ known: { entries, withWords, copies } }: { readonly known: Erasable }) {
  const { t } = useTranslation();
  const lines = [
    entries > 0 && t('find.held.stays.entries', { count: entries }),
    withWords > 0 && t('find.held.stays.withWords', { count: withWords }),
    copies.backups > 0 && t('find.held.stays.backups', { count: copies.backups }),
    copies.hasSecondPlace && t('find.held.stays.secondPlace'),
    copies.setAside > 0 && t('find.held.stays.setAside', { count: copies.setAside }),
    t('find.held.stays.elsewhere'),
  ];
  return (
    <section aria-label={t('find.held.stays.title')}>
      <h3 className={c('stays')}>{t('find.held.stays.title')}</h3>
      <ul className={c('lines')}>
        {lines.flatMap((line) => (line === false ? [] : [<li key={line}>{line}</li>]))}
      </ul>
    </section>
  );
}

/** Shows what goes and what stays before it asks for the PIN. */
export function EraseDialog({ customerUid, who }: Props & { readonly who: string }) {
  const { t } = useTranslation();
  const { value: known, failure } = useQuery(() => bridge.memberDataLook({ customerUid }), [customerUid]);
  const problem = failure ?? known?.problem ?? null;
  const title = t('find.held.erase.title', { who });
  if (problem !== null)
    return (
      <DialogFrame title={title} onClose={view.close}>
        <ErrorNote>{errorText(t, problem)}</ErrorNote>
        <Answers>
          <Button look="primary" autoFocus onPress={view.close}>
            {t('common.close')}
          </Button>
        </Answers>
      </DialogFrame>
    );
  return (
    <PinDialog
      title={title}
      lead={t('find.held.erase.lead')}
      action={t('find.held.erase.action')}
      again="memberData:erase"
      isDanger
      isWaiting={known === null}
      send={(pin) => bridge.memberDataErase({ customerUid, pin })}
      onDone={({ entries }) => {
        // The form may have them, or offer them again.
        topUp.leave();
        view.show({ kind: 'find', member: null });
        view.open({ kind: 'erased', entries });
      }}
    >
      {known !== null && <Stays known={known} />}
    </PinDialog>
  );
}

export function ErasedDialog({ entries }: { readonly entries: number }) {
  const { t } = useTranslation();
  return (
    <DialogFrame
      title={t('find.held.erased.title')}
      lead={t('find.held.erased.lead', { count: entries })}
      onClose={view.close}
    >
      <Answers>
        <Button look="primary" autoFocus onPress={view.close}>
          {t('common.close')}
        </Button>
      </Answers>
    </DialogFrame>
  );
}
