import type { Restored } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

/** What people do after a restore: where it is known that nothing is lost, nobody goes through receipts. */
export const toDo = ({ lostRows }: Pick<Restored, 'lostRows'>): readonly Phrase[] => [
  ...(lostRows === 0 ? [] : [{ key: 'restored.do' }]),
  { key: 'restored.decide' },
];
