import type { Room } from '../kernel/room.ts';
import { createCustomerRoom } from './customer/customer-room.ts';
import type { PaperNeeds } from './needs.ts';
import { createReceipts } from './receipts/desk.ts';
import { createHeldBefore } from './slips/held-before.ts';
import { createSlipsRoom } from './slips/slips-room.ts';
import { createSlipsService } from './slips/slips-service.ts';

export type Paper = ReturnType<typeof createPaper>;

/** Receipt codes, and importing from them. */
function createSlips(needs: PaperNeeds) {
  const { runInTransaction, clock, logger } = needs.kernel;
  const { account, config } = needs.hosts;
  const { identity, outbox, tillIdentity, importEntry } = needs.ledger;
  const { directory } = needs.members;
  const { evidence, confirmedPapers, detective } = needs.sending;
  return createSlipsService({
    account: { host: identity.accountHost, appId: identity.accountAppId },
    isPractice: needs.isPractice,
    tillName: config.tillName,
    tillIdentity,
    meet: needs.meetPaper,
    ofKey: account.ofKey,
    signer: account.signer,
    outbox,
    runInTransaction,
    importEntry,
    confirmedPapers,
    evidence,
    heldBefore: createHeldBefore({ evidence, directory }),
    memberOf: directory.byUid,
    mayStillArrive: (entryId) => {
      detective.ended(entryId);
      const increment = outbox.byId(entryId);
      const baseline = increment === null ? null : directory.baseline(increment.customerUid);
      // Saved before a look-up of the member replaces it.
      if (increment !== null && baseline !== null && baseline.atMs < increment.createdAtMs)
        evidence.keepBefore([{ increment, baseline }]);
    },
    clock,
    logger,
  });
}

/** Receipts, their codes, and the customer display. */
export function createPaper(needs: PaperNeeds) {
  const { storeTimeZone, clock } = needs.kernel;
  const { config } = needs.hosts;
  const { outbox, feed } = needs.ledger;
  const slips = createSlips(needs);
  const receipts = createReceipts(needs, slips);
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
    slips,
    desk: receipts.desk,
    receiptSettings: receipts.settings,
    unprinted: receipts.unprinted,
    rooms: [createSlipsRoom({ slips, outbox, storeTimeZone }), receipts.room, customerRoom] satisfies Room[],
  };
}
