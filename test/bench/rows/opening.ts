import { realClock } from '../../kit/practice-store.ts';
import { atMost, type Figure } from '../figure.ts';
import { openTill } from '../filled-till.ts';
import { type Row, sizeText } from '../row.ts';
import { sideBySide } from '../side-by-side.ts';
import { median } from '../statistics.ts';

/** From a folder to a till that works on it; what it looks at while nobody waits comes after. */
export const openingRow: Row = {
  name: 'opening',
  measure: async (bench) => {
    const empty = bench.scratch();
    const figures: Figure[] = [];
    for (const entries of bench.sizes) {
      const filled = await bench.filled(entries);
      let close = (): Promise<void> => Promise.resolve();
      const opening = (folder: string) => async () => {
        await close();
        const session = await openTill(folder, realClock);
        session.start();
        close = () => session.close(0);
      };
      const times = await sideBySide(bench.quick ? 3 : 5, opening(filled), opening(empty), { warmUp: 1 });
      await close();
      figures.push({
        ...{ name: `opening the till, ${sizeText(entries)}`, unit: 'ms', beside: 'an empty one' },
        ...{ ours: median(times.ours), against: median(times.against) },
        ...{ goal: atMost(1.1), bound: atMost(15) },
      });
    }
    return figures;
  },
};
