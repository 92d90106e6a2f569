import type { Restored } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

export function restorationWords(
  { backupAtMs, lostRows, lostUntilMs }: Pick<Restored, 'backupAtMs' | 'lostRows' | 'lostUntilMs'>,
  moment: (ms: number) => string,
): { readonly title: Phrase; readonly lost: Phrase } {
  const from = backupAtMs === null ? null : moment(backupAtMs);
  const until = lostUntilMs === null ? null : moment(lostUntilMs);
  const title =
    from === null ? { key: 'restored.titleOfUnknown' } : { key: 'restored.title', values: { time: from } };
  if (lostRows === 0) return { title, lost: { key: 'restored.nothingLost' } };
  if (from === null) return { title, lost: { key: 'restored.lostSinceUnknown' } };
  if (until === null) return { title, lost: { key: 'restored.lostSince', values: { from } } };
  return { title, lost: { key: 'restored.lostUntil', values: { from, until } } };
}

/** If nothing is known to be lost, nobody has to go through receipts. */
export const toDo = ({ lostRows }: Pick<Restored, 'lostRows'>): readonly Phrase[] => [
  ...(lostRows === 0 ? [] : [{ key: 'restored.do' }]),
  { key: 'restored.decide' },
];
