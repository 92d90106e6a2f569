import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../../preload/contract/app/values.ts';
import type { ReceiptSettings } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { ActionsRow, ChoiceRow, Sets } from '../../kit/sets.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { settledBySaving } from '../../shared/first-day.ts';
import { Fixed } from '../../shared/fixed.tsx';
import { errorText, joinSentences } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { SaveActions, SaveFailure } from '../../shared/save-actions.tsx';
import { useSaving } from '../../shared/saving.ts';
import { useTopic } from '../../shared/topics.ts';
import { useUnsaved } from '../../shared/unsaved.ts';
import { useQuery } from '../../shared/use-query.ts';
import { DisplayRow } from './display-row.tsx';
import { type ReceiptsFormProps, receiptChanges, settingsOver } from './form.ts';
import { LinesField } from './lines-field.tsx';
import { PrinterRows } from './printer-rows.tsx';
import { TestRow } from './test-row.tsx';

const askSettings = () => bridge.receiptsGet({});
const widths = ['58', '80'] as const;
const afters = ['always', 'ask', 'never'] as const;
const receiptLanguages = ['as-till', ...languages] as const;
const parts = ['printer', 'look', 'when', 'display'] as const;

function LookRows({ settings, edit }: ReceiptsFormProps) {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceRow
        label={t('receipts.width')}
        hint={t('receipts.widthHint')}
        name="receipt-width"
        values={widths}
        chosen={settings.width}
        onChoose={(width) => edit({ width })}
        say={(width) => t('receipts.millimetres', { width })}
      />
      <Fixed name="receipts.language">
        <ChoiceRow
          label={t('receipts.language')}
          hint={t('receipts.languageHint')}
          name="receipt-language"
          values={receiptLanguages}
          chosen={settings.language}
          onChoose={(language) => edit({ language })}
          say={(language) =>
            language === 'as-till' ? (
              t('receipts.asTill')
            ) : (
              <span lang={language}>{languageNames[language]}</span>
            )
          }
        />
      </Fixed>
      <Fixed name="receipts.header">
        <LinesField
          label={t('receipts.header')}
          hint={t('receipts.headerHint')}
          value={settings.header}
          onChange={(header) => edit({ header })}
        />
      </Fixed>
      <Fixed name="receipts.footer">
        <LinesField
          label={t('receipts.footer')}
          hint={t('receipts.footerHint')}
          value={settings.footer}
          onChange={(footer) => edit({ footer })}
        />
      </Fixed>
    </>
  );
}

function WhenRow({ settings, edit }: ReceiptsFormProps) {
  const { t } = useTranslation();
  return (
    <ChoiceRow
      label={t('receipts.after')}
      hint={t('receipts.afterHint')}
      name="receipt-after"
      values={afters}
      chosen={settings.after}
      onChoose={(after) => edit({ after })}
      say={(after) => t(`receipts.afters.${after}`)}
    />
  );
}

function LogoRow({ hasLogo, onDone }: { readonly hasLogo: boolean; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const open = (kind: 'logo' | 'no-logo') => openGuarded({ kind: 'receipt-act', act: { kind }, onDone });
  const hint = [t(hasLogo ? 'receipts.hasLogo' : 'receipts.noLogo'), t('receipts.logoHint')];
  return (
    <ActionsRow label={t('receipts.logo')} hint={joinSentences(t, hint)}>
      <Button onPress={() => open('logo')}>{t('receipts.chooseLogo')}</Button>
      {hasLogo && <Button onPress={() => open('no-logo')}>{t('receipts.removeLogo')}</Button>}
    </ActionsRow>
  );
}

/** The settings as they are saved and typed. */
function useReceipts() {
  const sets = useTopic('chain', (chain) => chain?.sets);
  const takenAtMs = useTopic('chain', (chain) => chain?.taken?.atMs);
  const { value, failure, askAgain } = useQuery(askSettings, [takenAtMs]);
  const [typed, setTyped] = useState<Partial<ReceiptSettings>>({});
  const saving = useSaving('receipts');
  const [saved, setSaved] = useState<ReceiptSettings | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read is newer than what was saved.
  useEffect(() => setSaved(null), [value]);
  const kept = saved ?? value?.settings ?? null;
  const settings = kept && settingsOver(kept, typed, sets ?? []);
  const changes = settings === null || kept === null ? 0 : receiptChanges(settings, kept);
  useUnsaved(changes > 0);
  const take = (now: ReceiptSettings) => {
    setSaved(now);
    setTyped({});
  };
  return {
    value,
    failure,
    askAgain,
    saving,
    settings,
    changes,
    edit: (change: Partial<ReceiptSettings>) => {
      saving.forget();
      setTyped((now) => ({ ...now, ...change }));
    },
    discard: () => setTyped({}),
    save: () => {
      if (changes > 0 && settings !== null)
        void saving.save(
          (pin) => bridge.receiptsSave({ settings, pin }),
          () => {
            take(settings);
            if (settings.printer.kind === 'none') settledBySaving('printer');
          },
        );
    },
  };
}

/** How receipts look, where they come out and when, with a test of it. */
export function ReceiptsScreen() {
  const { t } = useTranslation();
  const form = useReceipts();
  const { value, failure, settings, changes, saving, edit, save } = form;
  // The computer's own is not changed from practice.
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const [part, setPart] = useState<(typeof parts)[number]>('printer');
  const actions = (
    <SaveActions
      saving={saving}
      changes={changes}
      wrong={0}
      onWrong={save}
      onSave={save}
      onDiscard={form.discard}
    />
  );
  const shown = parts.filter((id) => id !== 'display' || isLive);
  const tabs = shown.map((id) => ({
    id,
    label: t(`receipts.tabs.${id}`),
    isHere: id === part,
    onPress: () => setPart(id),
  }));
  const rows = settings === null ? null : { settings, edit, save };
  return (
    <ScreenFrame title={t('receipts.title')} lead={t('receipts.lead')} actions={actions} tabs={tabs}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      <SaveFailure failure={saving.failure} />
      {value !== null && rows !== null && (
        <Sets key={part}>
          {part === 'printer' && (
            <>
              <PrinterRows {...rows} systemPrinters={value.systemPrinters} />
              <TestRow isChanged={changes > 0} />
            </>
          )}
          {part === 'look' && (
            <>
              <LookRows {...rows} />
              <LogoRow hasLogo={value.hasLogo} onDone={form.askAgain} />
            </>
          )}
          {part === 'when' && (
            <Fixed name="receipts.after">
              <WhenRow {...rows} />
            </Fixed>
          )}
          {part === 'display' && <DisplayRow />}
        </Sets>
      )}
    </ScreenFrame>
  );
}
