import { createAddUp } from '../../main/reports/add-up.ts';
import { readZ } from '../../main/reports/read-z.ts';
import { writeZFile } from '../../main/shifts/z-file.ts';
import type { ShiftReport } from '../../preload/contract/index.ts';
import type { ShiftTill } from '../shifts/support.ts';

/** What an owner reads of these Zs at another computer. */
export function ownerOf({ driven: { store } }: ShiftTill, zs: readonly ShiftReport[]) {
  const account = { host: store.baseUrl, appId: store.appId };
  const desk = { account, appKey: store.appKey, currency: 'SGD', isPractice: false };
  const read = zs.map((z) => {
    const found = readZ(writeZFile(store.appKey, account, z), desk);
    if (!found.ok) throw new Error(found.problem);
    return found.facts;
  });
  const days = zs.map(({ businessDay }) => businessDay).sort();
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const addUp = createAddUp({ zs: read, ownTill: { id: null, name: 'Office' }, isSettled: () => false });
  return addUp({ from, to }, to).sum;
}
