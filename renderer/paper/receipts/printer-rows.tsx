import { useTranslation } from 'react-i18next';
import type { ReceiptPrinter } from '../../../preload/contract/index.ts';
import { ChoiceRow, SwitchRow } from '../../kit/sets.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { Fixed } from '../../shared/fixed.tsx';
import type { ReceiptsFormProps } from './form.ts';

const kinds: readonly ReceiptPrinter['kind'][] = ['none', 'system', 'network'];

interface Props extends ReceiptsFormProps {
  readonly systemPrinters: readonly string[];
}

/** Where receipts come out. */
export function PrinterRows({ settings, edit, save, systemPrinters }: Props) {
  const { t } = useTranslation();
  const { printer } = settings;
  // One that was renamed or removed is shown all the same: it is what is set.
  const names =
    printer.kind === 'system' && !systemPrinters.includes(printer.name)
      ? [printer.name, ...systemPrinters]
      : systemPrinters;
  const choose = (kind: ReceiptPrinter['kind']) => {
    if (kind === 'none') return edit({ printer: { kind } });
    if (kind === 'network') return edit({ printer: { kind, address: '' } });
    const [name] = systemPrinters;
    if (name !== undefined) edit({ printer: { kind, name } });
  };
  return (
    <>
      <ChoiceRow
        label={t('receipts.printerKind')}
        hint={t('receipts.printerHint')}
        name="receipt-printer"
        values={systemPrinters.length === 0 ? kinds.filter((kind) => kind !== 'system') : kinds}
        chosen={printer.kind}
        onChoose={choose}
        say={(kind) => t(`receipts.kinds.${kind}`)}
      />
      {printer.kind === 'network' && (
        <TextBox
          size="wideRow"
          label={t('receipts.address')}
          hint={t('receipts.addressHint')}
          value={printer.address}
          onChange={(address) => edit({ printer: { kind: 'network', address } })}
          onEnter={save}
          scan="form-field"
        />
      )}
      {printer.kind === 'system' && (
        <ChoiceRow
          label={t('receipts.systemPrinter')}
          hint={t('receipts.systemHint')}
          name="receipt-system-printer"
          values={names}
          chosen={printer.name}
          onChoose={(name) => edit({ printer: { kind: 'system', name } })}
          say={(name) => name}
        />
      )}
      <Fixed name="receipts.opensDrawer">
        <SwitchRow
          label={t('receipts.drawer')}
          hint={t('receipts.drawerHint')}
          isOn={settings.opensDrawer}
          onChange={(opensDrawer) => edit({ opensDrawer })}
        />
      </Fixed>
    </>
  );
}
