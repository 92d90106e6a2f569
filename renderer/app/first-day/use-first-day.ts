import { useEffect, useState } from 'react';
import type { AppError, FirstDayStep } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { settleFirstDay } from '../../shared/first-day.ts';
import { topics, useTopic } from '../../shared/topics.ts';
import { type FirstDayFacts, type FirstDayProgress, progressOf } from './steps.ts';

/** How far the first day is. With nothing left the list ends, so that a printer taken away later brings nothing back. */
export function useFirstDay(): FirstDayProgress & { readonly facts: FirstDayFacts } {
  const list = useTopic('firstDay');
  const people = useTopic('people');
  const printer = useTopic('receipts', (receipts) => receipts.printer);
  const rulesVersion = useTopic('rules', ({ version }) => version);
  const isShiftUsed = useTopic('shift', ({ isUsed }) => isUsed);
  const facts = { people, printer, rulesVersion, isShiftUsed };
  const progress = progressOf(list, facts);
  const isOver = list !== null && progress.next === null;
  useEffect(() => {
    if (isOver) void bridge.setupFirstDay({ firstDay: null });
  }, [isOver]);
  return { ...progress, facts };
}

/** A step is right as it is, or not wanted. */
export function useSettling() {
  const [error, setError] = useState<AppError | null>(null);
  const settle = async (step: FirstDayStep) => {
    const { settled } = topics.now('firstDay') ?? { settled: [] };
    const reply = await settleFirstDay(step, settled);
    setError(reply.ok ? null : reply.error);
  };
  return { error, settle: (step: FirstDayStep) => void settle(step) };
}
