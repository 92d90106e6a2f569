import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill, type ProcessEnd } from './electron-app.ts';

import { find, takeMember, topUp, untilRows, untilStrip, words } from './electron-till.ts';

/** One that is done and one that waits, and is not tried now and then as it would be without a network. */
export async function twoEntries() {
  const store = await startPracticeStore();
  const till = await openTill(store);
  await takeMember(till.page, limWei);
  await topUp(till.page, meiLing, '50', '10');
  await untilRows(till.page, 1, 'Done');
  store.addFault({ fault: { kind: 'portal' } });
  await find(till.page, '4711');
  await untilStrip(till.page, `Paused · ${words('pauses.portal.short')}`);
  await topUp(till.page, limWei, '20.50');
  await untilRows(till.page, 1, 'Waiting');
  return till;
}

/** The last line of JSON that a process printed; where there is none, whatever else it said of itself. */
export function answer({ code, stdout, stderr }: ProcessEnd): unknown {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new Error(`ended with ${code} and no answer: ${stdout}\n${stderr}`);
  }
}
