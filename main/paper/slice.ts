import type { Room } from '../kernel/room.ts';
import { createCustomerRoom } from './customer/customer-room.ts';
import type { PaperNeeds } from './needs.ts';
import { createReceipts } from './receipts/desk.ts';

export type Paper = ReturnType<typeof createPaper>;

/** Receipts, and the customer display. */
export function createPaper(needs: PaperNeeds) {
  const { clock } = needs.kernel;
  const { config } = needs.hosts;
  const { outbox, feed } = needs.ledger;
  const receipts = createReceipts(needs);
  const customerRoom = createCustomerRoom({
    screen: needs.customerScreen,
    directory: needs.members.directory,
    outbox,
    feed,
    gets: (asked) => needs.counter.rules.gets(asked).bonus,
    clock,
    signedIn: needs.people.signedIn,
    tillName: config.tillName,
    currency: config.currency,
    isPractice: needs.isPractice,
    language: needs.language,
  });
  return {
    desk: receipts.desk,
    receiptSettings: receipts.settings,
    unprinted: receipts.unprinted,
    rooms: [receipts.room, customerRoom] satisfies Room[],
  };
}
