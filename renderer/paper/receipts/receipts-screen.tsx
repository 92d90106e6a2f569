import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../../preload/contract/app/values.ts';
import type { ReceiptSettings } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Button } from '../../kit/button.tsx';
import { ActionsRow, ChoiceRow, Sets } from '../../kit/sets.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { settledBySaving } from '../../shared/first-day.ts';
import { Fixed } from '../../shared/fixed.tsx';
import { joinSentences } from '../../shared/i18n.ts';
import { useKept } from '../../shared/kept.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { SavedNote, SaveFailure } from '../../shared/saved-note.tsx';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { DisplayRow } from './display-row.tsx';
import type { ReceiptsFormProps } from './form.ts';
import { LinesField } from './lines-field.tsx';
import { PrinterRows } from './printer-rows.tsx';
import { TestRow } from './test-row.tsx';

const askSettings = () => bridge.receiptsGet({});
const widths = ['58', '80'] as const;
const afters = ['always', 'ask', 'never'] as const;
const receiptLanguages = ['as-till', ...languages] as const;
const parts = ['printer', 'look', 'when', 'display'] as const;

function LookRows({ settings, set }: ReceiptsFormProps) {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceRow
        label={t('receipts.width')}
        hint={t('receipts.widthHint')}
        name="receipt-width"
        values={widths}
        chosen={settings.width}
        onChoose={(width) => set({ width })}
        say={(width) => t('receipts.millimetres', { width })}
      />
      <Fixed name="receipts.language">
        <ChoiceRow
          label={t('receipts.language')}
          hint={t('receipts.languageHint')}
          name="receipt-language"
          values={receiptLanguages}
          chosen={settings.language}
          onChoose={(language) => set({ language })}
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
          onSet={(header) => set({ header })}
        />
      </Fixed>
      <Fixed name="receipts.footer">
        <LinesField
          label={t('receipts.footer')}
          hint={t('receipts.footerHint')}
          value={settings.footer}
          onSet={(footer) => set({ footer })}
        />
      </Fixed>
    </>
  );
}

function WhenRow({ settings, set }: ReceiptsFormProps) {
  const { t } = useTranslation();
  return (
    <ChoiceRow
      label={t('receipts.after')}
      hint={t('receipts.afterHint')}
      name="receipt-after"
      values={afters}
      chosen={settings.after}
      onChoose={(after) => set({ after })}
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

/** The settings, each saved as it is set. */
function useReceipts() {
  const takenAtMs = useTopic('chain', (chain) => chain?.taken?.atMs);
  const { value, failure, askAgain } = useQuery(askSettings, [takenAtMs]);
  const kept = useKept<ReceiptSettings>({
    of: 'receipts',
    send: (settings, pin) => bridge.receiptsSave({ settings, pin }),
    onSaved: ({ printer }) => {
      if (printer?.kind === 'none') settledBySaving('printer');
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each reading.
  useEffect(() => {
    if (value !== null) kept.keep(value.settings);
  }, [value]);
  return { ...kept, value, askAgain, failure: failure ?? kept.failure };
}

/** How receipts look, where they come out and when, with a test of it. */
export function ReceiptsScreen() {
  const { t } = useTranslation();
  const form = useReceipts();
  const { value, failure, shown: settings, set } = form;
  // The computer's own is not changed from practice.
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const [part, setPart] = useState<(typeof parts)[number]>('printer');
  const tabs = parts
    .filter((id) => id !== 'display' || isLive)
    .map((id) => ({
      id,
      label: t(`receipts.tabs.${id}`),
      isHere: id === part,
      onPress: () => setPart(id),
    }));
  const rows = settings === null ? null : { settings, set };
  return (
    <ScreenFrame
      title={t('receipts.title')}
      lead={t('receipts.lead')}
      actions={<SavedNote isSaved={form.isSaved} onEnd={form.forget} />}
      tabs={tabs}
    >
      <SaveFailure failure={failure} />
      {value !== null && rows !== null && (
        <Sets key={part}>
          {part === 'printer' && (
            <>
              <PrinterRows {...rows} systemPrinters={value.systemPrinters} />
              <TestRow />
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
