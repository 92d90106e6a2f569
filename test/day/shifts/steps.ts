import { amount, type ShiftReport } from '../../../preload/contract/index.ts';
import { countOf, type ShiftTill } from './support.ts';

// The steps of a shift, as a test asks a till for them.

export const refusal = (code: string, details?: Readonly<Record<string, string>>) => ({
  ok: false,
  error: details === undefined ? { code } : { code, details },
});
export const shown = ({ driven }: ShiftTill) => driven.till.session.day.shifts.service.shown();
export const openOne = (till: ShiftTill, float = '100', drawer: 'own' | 'elsewhere' = 'own') =>
  till.must('shifts:open', { float: amount(float), drawer });
export const commit = (till: ShiftTill, cash: string) =>
  till.ask('shifts:commitCount', { count: countOf(cash) });
export const move = (kind: 'paid-in' | 'paid-out', sum: string, requestId = 'once') =>
  ({ kind, amount: amount(sum), reason: 'Milk', requestId }) as const;

export async function closeWith(till: ShiftTill, cash: string) {
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: countOf(cash) });
  return till.must('shifts:close', { reason: null });
}

export const zOf = async (till: ShiftTill, number: number): Promise<ShiftReport> =>
  (await till.must('shifts:report', { number })).report;
