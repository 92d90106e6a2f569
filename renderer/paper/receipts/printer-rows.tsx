import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ok } from '../../../preload/contract/app/values.ts';
import type { ReceiptPrinter } from '../../../preload/contract/index.ts';
import { ChoiceRow, SwitchRow } from '../../kit/sets.tsx';
import { Fixed } from '../../shared/fixed.tsx';
import { KeptBox } from '../../shared/kept-box.tsx';
import type { ReceiptsFormProps } from './form.ts';

const kinds: readonly ReceiptPrinter['kind'][] = ['none', 'system', 'network'];

interface Props extends ReceiptsFormProps {
  readonly systemPrinters: readonly string[];
}

/** Where receipts come out. */
export function PrinterRows({ settings, set, systemPrinters }: Props) {
  const { t } = useTranslation();
  const { printer } = settings;
  // It is set with its address.
  const [isAddressAsked, askAddress] = useState(false);
  const kind = isAddressAsked ? 'network' : printer.kind;
  // One that was renamed or removed is shown all the same: it is what is set.
  const names =
    printer.kind === 'system' && !systemPrinters.includes(printer.name)
      ? [printer.name, ...systemPrinters]
      : systemPrinters;
  const choose = (kind: ReceiptPrinter['kind']) => {
    askAddress(kind === 'network');
    if (kind === printer.kind) return;
    const [name] = systemPrinters;
    if (kind === 'none') set({ printer: { kind } });
    else if (kind === 'system' && name !== undefined) set({ printer: { kind, name } });
  };
  return (
    <>
      <ChoiceRow
        label={t('receipts.printerKind')}
        hint={t('receipts.printerHint')}
        name="receipt-printer"
        values={systemPrinters.length === 0 ? kinds.filter((kind) => kind !== 'system') : kinds}
        chosen={kind}
        onChoose={choose}
        say={(kind) => t(`receipts.kinds.${kind}`)}
      />
      {kind === 'network' && (
        <KeptBox
          size="wideRow"
          label={t('receipts.address')}
          hint={t('receipts.addressHint')}
          written={printer.kind === 'network' ? printer.address : ''}
          read={(typed) => ok(typed)}
          onSet={(address) => set({ printer: { kind: 'network', address } })}
          scan="form-field"
        />
      )}
      {kind === 'system' && printer.kind === 'system' && (
        <ChoiceRow
          label={t('receipts.systemPrinter')}
          hint={t('receipts.systemHint')}
          name="receipt-system-printer"
          values={names}
          chosen={printer.name}
          onChoose={(name) => set({ printer: { kind: 'system', name } })}
          say={(name) => name}
        />
      )}
      <Fixed name="receipts.opensDrawer">
        <SwitchRow
          label={t('receipts.drawer')}
          hint={t('receipts.drawerHint')}
          isOn={settings.opensDrawer}
          onChange={(opensDrawer) => set({ opensDrawer })}
        />
      </Fixed>
    </>
  );
}
