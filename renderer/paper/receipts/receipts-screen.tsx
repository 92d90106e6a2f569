import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../../preload/contract/app/values.ts';
import type { ReceiptSettings } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { CheckBox } from '../../kit/check-box.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { Part } from '../../kit/part.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useUnsaved } from '../../shared/unsaved.ts';
import { useQuery } from '../../shared/use-query.ts';
import type { ReceiptsFormProps } from './form.ts';
import { LinesField } from './lines-field.tsx';
import { PrinterPart } from './printer-part.tsx';
import styles from './receipts.module.css';
import { TestPart } from './test-part.tsx';

const c = classNames(styles);

const askSettings = () => bridge.receiptsGet({});
const widths = ['58', '80'] as const;
const afters = ['always', 'ask', 'never'] as const;
const receiptLanguages = ['as-till', ...languages] as const;

function LookPart({ settings, edit }: ReceiptsFormProps) {
  const { t } = useTranslation();
  return (
    <Part title={t('receipts.look')}>
      <RadioChoice
        label={t('receipts.width')}
        name="receipt-width"
        values={widths}
        chosen={settings.width}
        onChoose={(width) => edit({ width })}
        say={(width) => t('receipts.millimetres', { width })}
      />
      <RadioChoice
        label={t('receipts.language')}
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
      <LinesField
        label={t('receipts.header')}
        value={settings.header}
        onChange={(header) => edit({ header })}
      />
      <LinesField
        label={t('receipts.footer')}
        value={settings.footer}
        onChange={(footer) => edit({ footer })}
      />
    </Part>
  );
}

function WhenPart({ settings, edit }: ReceiptsFormProps) {
  const { t } = useTranslation();
  return (
    <Part title={t('receipts.when')}>
      <RadioChoice
        label={t('receipts.after')}
        name="receipt-after"
        values={afters}
        chosen={settings.after}
        onChoose={(after) => edit({ after })}
        say={(after) => t(`receipts.afters.${after}`)}
      />
      <CheckBox
        label={t('receipts.drawer')}
        hint={t('receipts.drawerHint')}
        isOn={settings.opensDrawer}
        onChange={(opensDrawer) => edit({ opensDrawer })}
      />
    </Part>
  );
}

function LogoPart({ hasLogo, onDone }: { readonly hasLogo: boolean; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const open = (kind: 'logo' | 'no-logo') => openGuarded({ kind: 'receipt-act', act: { kind }, onDone });
  return (
    <Part title={t('receipts.logo')} hint={t('receipts.logoHint')}>
      <p className={c('hint')}>{t(hasLogo ? 'receipts.hasLogo' : 'receipts.noLogo')}</p>
      <div className={c('answers')}>
        <Button onPress={() => open('logo')}>{t('receipts.chooseLogo')}</Button>
        {hasLogo && <Button onPress={() => open('no-logo')}>{t('receipts.removeLogo')}</Button>}
      </div>
    </Part>
  );
}

/** How receipts look, where they come out and when, with a test of it. */
export function ReceiptsScreen() {
  const { t } = useTranslation();
  const { value, failure, askAgain } = useQuery(askSettings);
  const [edited, setEdited] = useState<ReceiptSettings | null>(null);
  const [isSaved, setSaved] = useState(false);
  useUnsaved(edited !== null);
  const settings = edited ?? value?.settings ?? null;
  const save = () => {
    if (settings === null) return;
    const onDone = () => {
      setEdited(null);
      setSaved(true);
      askAgain();
    };
    openGuarded({ kind: 'receipt-act', act: { kind: 'save', settings }, onDone });
  };
  const edit = (change: Partial<ReceiptSettings>) => {
    setSaved(false);
    if (settings !== null) setEdited({ ...settings, ...change });
  };
  const foot = (
    <>
      <Button look="primary" onPress={save}>
        {t('receipts.save')}
      </Button>
      <span aria-live="polite">{isSaved && t('receipts.saved')}</span>
    </>
  );
  return (
    <ScreenFrame title={t('receipts.title')} lead={t('receipts.lead')} foot={foot}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {value !== null && settings !== null && (
        <>
          <PrinterPart settings={settings} edit={edit} systemPrinters={value.systemPrinters} />
          {edited !== null && <Note tone="neutral">{t('receipts.testsSaved')}</Note>}
          <TestPart />
          <LookPart settings={settings} edit={edit} />
          <WhenPart settings={settings} edit={edit} />
          <LogoPart hasLogo={value.hasLogo} onDone={askAgain} />
        </>
      )}
    </ScreenFrame>
  );
}
