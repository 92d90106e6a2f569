import { useState } from 'react';
import type { AppError } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSaving } from '../../shared/saving.ts';
import { useQuery } from '../../shared/use-query.ts';
import { paperPrinter } from './steps.ts';

const askSettings = () => bridge.receiptsGet({});

export interface FoundPrinter {
  readonly name: string;
  readonly isWorking: boolean;
  /** Saves it as the receipts' printer, and prints a test. */
  readonly take: () => void;
}

/** A printer that this computer has, while none is set; and why it was not taken. */
export function useFoundPrinter() {
  const { value } = useQuery(askSettings);
  const saving = useSaving('receipts');
  const [notPrinted, setNotPrinted] = useState<AppError | null>(null);
  const name = value?.settings.printer.kind === 'none' ? paperPrinter(value.systemPrinters) : undefined;
  const take = () => {
    if (value === null || name === undefined) return;
    const settings = { ...value.settings, printer: { kind: 'system', name } } as const;
    const test = async () => {
      const reply = await bridge.receiptsTestPrint({});
      if (!reply.ok) setNotPrinted(reply.error);
    };
    void saving.save(
      (pin) => bridge.receiptsSave({ settings, pin }),
      () => void test(),
    );
  };
  const { isWorking, failure } = saving;
  const found: FoundPrinter | null = name === undefined ? null : { name, isWorking, take };
  return { found, failure: failure ?? notPrinted };
}
