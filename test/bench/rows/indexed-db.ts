import { realClock } from '../../kit/practice-store.ts';
import { createCashier, fillDirectory } from '../cashier.ts';
import { atMost } from '../figure.ts';
import { confirm, openTill } from '../filled-till.ts';
import { entryOf } from '../peers.ts';
import type { Row } from '../row.ts';
import { timeOf } from '../side-by-side.ts';
import { median } from '../statistics.ts';
import { startWindow } from '../windows.ts';

const ROUNDS = 200;

const open = `new Promise((done, fail) => {
  const opening = indexedDB.open('queue', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('queue', { autoIncrement: true });
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => { globalThis.queue = opening.result; done(true); };
})`;

/** One entry in one transaction that says it is done when the disk has it. */
const put = (index: number) => `new Promise((done, fail) => {
  const beganMs = performance.now();
  const work = globalThis.queue.transaction('queue', 'readwrite', { durability: 'strict' });
  work.objectStore('queue').add(${JSON.stringify(entryOf(index))});
  work.onerror = () => fail(work.error);
  work.oncomplete = () => done(performance.now() - beganMs);
})`;

/** A till that keeps its queue in the page, as those do that live in a browser. */
export const indexedDbRow: Row = {
  name: 'indexed-db',
  inWindow: true,
  measure: async (bench) => {
    const window = await startWindow('empty', bench.scratch());
    await window.run(open);
    const session = await openTill(bench.scratch(), realClock);
    fillDirectory(session);
    const press = createCashier(session);
    const [ours, against]: [number[], number[]] = [[], []];
    for (let round = -10; round < ROUNDS; round += 1) {
      let pressed = '';
      const took = await timeOf(() => {
        pressed = press();
      });
      confirm(session, pressed);
      const stored = Number(await window.run(put(round)));
      if (round < 0) continue;
      ours.push(took);
      against.push(stored);
    }
    await session.close(0);
    await window.close();
    return [
      {
        ...{
          name: 'confirm to committed, new, p50',
          unit: 'ms',
          ours: median(ours),
          against: median(against),
        },
        ...{ beside: 'IndexedDB, strict durability', goal: atMost(1), bound: null },
      },
    ];
  },
};
