import type { Restored } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

type Facts = Pick<Restored, 'backupAtMs' | 'lostRows' | 'lostUntilMs' | 'isMoved'>;

function titleOf({ isMoved, lostRows }: Facts, from: string | null, open: number): Phrase {
  if (isMoved && lostRows === 0) return { key: open === 0 ? 'restored.movedWhole' : 'restored.moved' };
  return from === null
    ? { key: 'restored.titleOfUnknown' }
    : { key: 'restored.title', values: { time: from } };
}

/** `open`: how many entries need review. */
export function restorationWords(
  restored: Facts,
  moment: (ms: number) => string,
  open: number,
): { readonly title: Phrase; readonly lost: Phrase } {
  const { backupAtMs, lostRows, lostUntilMs, isMoved } = restored;
  const from = backupAtMs === null ? null : moment(backupAtMs);
  const until = lostUntilMs === null ? null : moment(lostUntilMs);
  const title = titleOf(restored, from, open);
  if (lostRows === 0) return { title, lost: { key: isMoved ? 'restored.allMoved' : 'restored.nothingLost' } };
  if (from === null) return { title, lost: { key: 'restored.lostSinceUnknown' } };
  if (until === null) return { title, lost: { key: 'restored.lostSince', values: { from } } };
  return { title, lost: { key: 'restored.lostUntil', values: { from, until } } };
}

/** If nothing is known to be lost, nobody has to go through receipts; if nothing is open, nobody has to decide. */
export const toDo = ({ lostRows }: Pick<Restored, 'lostRows'>, open: number): readonly Phrase[] => [
  ...(lostRows === 0 ? [] : [{ key: 'restored.do' }]),
  ...(lostRows === 0 && open === 0 ? [] : [{ key: 'restored.decide' }]),
];
