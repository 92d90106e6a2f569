import type { OpenedSession } from '../../../main/app/open-session.ts';
import { amount } from '../../../preload/contract/index.ts';
import { atTheTill } from '../../kit/actors.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { asSeen } from '../../kit/till.ts';
import { atMost, type Figure } from '../figure.ts';
import { openTill } from '../filled-till.ts';
import { type Row, sizeText } from '../row.ts';
import { sideBySide } from '../side-by-side.ts';
import { median } from '../statistics.ts';

/** Known to the practice store, and to nobody's entries before. */
const CARD = '8008010001';

/** An entry that is made now, until the journal has how it ended; the practice store answers at once. */
async function openSender(folder: string) {
  const session: OpenedSession = await openTill(folder, realClock);
  session.start();
  const found = await session.members.lookUp.find(CARD);
  const customerUid = found.ok ? found.value.members[0]?.customerUid : undefined;
  if (customerUid === undefined) throw new Error('the practice store does not know its member');
  let ended = (): void => undefined;
  session.ledger.feed?.subscribe((rows) => {
    if (rows.some(({ event }) => event === 'ended')) ended();
  });
  return {
    send: () =>
      new Promise<void>((resolve, reject) => {
        ended = resolve;
        const created = session.counter.topUps.create(
          {
            ...{ requestId: realRandom.uuid(), ...asSeen(session, customerUid), note: '', again: true },
            ...{ balanceIncrement: amount('1'), pointIncrement: amount('0') },
          },
          atTheTill,
        );
        if (!created.ok) reject(new Error(created.error.code));
        session.sending.loop.wake();
      }),
    close: () => session.close(1_000),
  };
}

/** What is sent now is held against what was, so that years of entries must not be read for it. */
export const sentRow: Row = {
  name: 'sent',
  measure: async (bench) => {
    const small = await openSender(await bench.filled(bench.base));
    const figures: Figure[] = [];
    for (const entries of bench.sizes) {
      const large = await openSender(await bench.filled(entries));
      const rounds = bench.quick ? 7 : 31;
      const { ours, against } = await sideBySide(rounds, large.send, small.send);
      figures.push({
        ...{ name: `confirmed, sent and settled, ${sizeText(entries)}`, unit: 'ms' },
        ...{ ours: median(ours), against: median(against), beside: `the same over ${sizeText(bench.base)}` },
        ...{ goal: atMost(2), bound: atMost(10) },
      });
      await large.close();
    }
    await small.close();
    return figures;
  },
};
