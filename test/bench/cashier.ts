import type { OpenedSession } from '../../main/app/open-session.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { realRandom } from '../kit/practice-store.ts';
import { MEMBERS, memberAt } from './filled-till.ts';

/** Members as the directory has them after it was read. */
export function fillDirectory({ members: { directory } }: OpenedSession, count = MEMBERS): void {
  const readings = Array.from({ length: count }, (_, index) => ({
    member: {
      ...memberAt(index),
      ...{ categoryName: 'Silver', phone: String(90_000_000 + index), enable: 1, expiryDate: null },
      ...{ balance: amount('100'), point: amount('50') },
    },
    isBaseline: true,
  }));
  directory.keepAll(readings, Date.now());
}

/** What a press on Confirm comes to in main: checked, signed, chained, committed. Each time another member. */
export function createCashier({ counter: { topUps } }: OpenedSession): () => string {
  let made = 0;
  return () => {
    made += 1;
    const { customerUid, number, name } = memberAt(made % MEMBERS);
    const created = topUps.create(
      {
        ...{ requestId: realRandom.uuid(), customerUid, customerNumber: number, customerName: name },
        ...{ balanceIncrement: amount('10'), pointIncrement: amount('5'), note: '', again: true },
      },
      atTheTill,
    );
    if (!created.ok) throw new Error(created.error.code);
    return created.value.id;
  };
}
