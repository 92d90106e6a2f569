import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelReply, EntryFilter, FileWords, Result } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { Progress } from '../../kit/progress.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { PinDialog, type Proof } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { fileWords } from './file-words.ts';
import type { Finder } from './finder.ts';
import { useFinding } from './use-finder.ts';

function ExportProgress() {
  const { t } = useTranslation();
  const percent = useTopic('exportPercent');
  if (percent === null) return null;
  return (
    <>
      <Progress label={t('find.export.progress')} percent={percent}>
        {t('find.export.percent', { percent })}
      </Progress>
      <Button onPress={() => void bridge.findCancelExport({})}>{t('find.export.cancel')}</Button>
    </>
  );
}

const forms = ['people', 'programs'] as const;

interface TakeAlongProps {
  readonly title: string;
  readonly lead: string;
  readonly of: 'found' | 'match';
  /** `words` for people; none for programs. */
  readonly send: (pin: Proof, words: FileWords | undefined) => Promise<Result<ChannelReply<'find:export'>>>;
}

/** Writes into a file that the person chooses. */
export function TakeAlongDialog({ title, lead, of, send }: TakeAlongProps) {
  const { t } = useTranslation();
  const { language, storeTimeZone } = useTill();
  const [form, setForm] = useState<(typeof forms)[number]>('people');
  // Closing the dialog cancels the export.
  useEffect(() => () => void bridge.findCancelExport({}), []);
  return (
    <PinDialog
      title={title}
      lead={lead}
      action={t('find.export.action')}
      act="export"
      send={(pin) =>
        send(pin, form === 'people' ? fileWords(t, of, { locale: language, zone: storeTimeZone }) : undefined)
      }
      onDone={({ saved }) => {
        if (saved !== null) view.open({ kind: 'exported', of, entries: saved.entries });
      }}
    >
      <RadioChoice
        label={t('find.export.form.label')}
        name="export-form"
        values={forms}
        chosen={form}
        onChoose={setForm}
        say={(one) => t(`find.export.form.${one}`, { zone: storeTimeZone })}
      />
      <ExportProgress />
    </PinDialog>
  );
}

export function ExportDialog({ filter }: { readonly filter: EntryFilter }) {
  const { t } = useTranslation();
  return (
    <TakeAlongDialog
      title={t('find.export.title')}
      lead={t('find.export.lead')}
      of="found"
      send={(pin, words) => bridge.findExport(words === undefined ? { filter, pin } : { filter, words, pin })}
    />
  );
}

export function ExportButton({ finder }: { readonly finder: Finder }) {
  const { t } = useTranslation();
  const hasRows = useFinding(finder, ({ rows, isLooking }) => rows.length > 0 && !isLooking);
  const open = () => openGuarded({ kind: 'export', filter: finder.store.getState().filter });
  return (
    <Button isDisabled={!hasRows} onPress={open}>
      {t('find.export.open')}
    </Button>
  );
}
