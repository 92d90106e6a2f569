import { ok } from '../../preload/contract/index.ts';
import { createAsEntry } from '../counter/as-entry.ts';
import { createCounterRoom } from '../counter/counter-room.ts';
import { createPolicyRoom } from '../counter/policy-room.ts';
import { createReviewRoom } from '../counter/review-room.ts';
import { createRulesRoom } from '../counter/rules/rules-room.ts';
import { createLinkRoom } from '../hosts/link/link-room.ts';
import { createPracticeRoom } from '../hosts/practice/practice-room.ts';
import type { Room } from '../kernel/room.ts';
import { minuteOfDay } from '../kernel/store-time.ts';
import { noneAhead, shownEntry } from '../ledger/shown/shown-entry.ts';
import { keepDirectoryOf } from '../members/directory-fill-service.ts';
import { createMembersRoom } from '../members/members-room.ts';
import { createCustomerRoom } from '../paper/customer/customer-room.ts';
import { createSlipsRoom } from '../paper/slips/slips-room.ts';
import { createManagerRoom } from '../people/credentials/manager-room.ts';
import { createPeopleRoom } from '../people/people-room.ts';
import { createBackupsRoom } from '../safety/backups/backups-room.ts';
import { createCheckUpRoom } from '../sending/check-up/check-up-room.ts';
import { closeOlderDoubts } from '../sending/older-doubts.ts';
import { createSyncRoom } from '../sending/sync-room.ts';
import { createUseRoom } from '../updates/till-use.ts';
import { createUpdatesRoom } from '../updates/updates-room.ts';
import type { SessionParts, World } from './compose-core.ts';
import { composeDrillRoom } from './compose-drill-room.ts';
import { composeExports, composeFind } from './compose-find.ts';
import { composeMatchingRoom } from './compose-matching-room.ts';
import { composeMembersFile } from './compose-members-file.ts';
import { composeReceipts } from './compose-receipts.ts';
import { composeReports } from './compose-reports.ts';
import type { Services } from './compose-services.ts';
import { composeShiftsRoom } from './compose-shifts-room.ts';
import { createPlaceRoom } from './support/place-room.ts';
import { createTillRoom, languageOfTill } from './till-room.ts';

/** The rooms of one till, in the order in which they start; they stop in the reverse of it. */
export function composeRooms(
  world: World,
  parts: SessionParts,
  services: Services,
  networkChanged: (online: boolean) => void,
): readonly Room[] {
  const { config, practice } = parts;
  const { storeTimeZone } = config;
  const { core, account, outbox, loop, looks, policy, limits } = services;
  const { hasKey } = account;
  const receipts = composeReceipts(world, parts, services);
  const exports = composeExports(world, parts, services);
  const asEntry = createAsEntry({ outbox, storeTimeZone, clock: world.clock, wake: () => loop.wake() });
  return [
    { name: 'database', stop: () => void parts.db.close() },
    ...practiceRooms(parts, services, networkChanged),
    ...recordRooms(world, parts, services),
    ...integrityRoom(services),
    composeDrillRoom(world, services),
    createLinkRoom({ ...core, hasKey, isUndecided: () => outbox.counts().unknown > 0 }),
    { name: 'call-count', ...services.callCount },
    createSyncRoom({ ...core, ...services, hasKey, networkChanged }),
    auditRoom(services),
    createCheckUpRoom(services.checkUp, hasKey),
    createCounterRoom({ ...core, ...services, asEntry, storeTimeZone }),
    createMembersRoom({
      ...core,
      ...services,
      storeTimeZone,
      waitingForLook: looks.waitingEntries,
      allThrough: services.backlog.allThrough,
    }),
    composeMembersFile(world, parts, services, exports),
    composeMatchingRoom(parts, services, exports),
    createReviewRoom({ ...services, asEntry, storeTimeZone, sendNow: () => loop.hurry(true) }),
    createSlipsRoom({ ...services, storeTimeZone }),
    createPolicyRoom({ ...core, ...services, wake: loop.wake }),
    createManagerRoom({ ...core, ...services, isPractice: practice !== null }),
    createRulesRoom({ ...services, shown: (entry) => shownEntry(entry, storeTimeZone, noneAhead) }),
    createPeopleRoom({ ...core, ...services, tillName: config.tillName }),
    createTillRoom(config, limits, policy, core.numbersSeen, services.signedIn.person),
    receipts.room,
    composeShiftsRoom(world, parts, services, receipts.desk),
    composeReports(world, parts, services),
    customerRoom(world, parts, services),
    composeFind(parts, services, exports),
    // Made-up money may lie anywhere.
    createPlaceRoom({ ...core, ...world, place: practice === null ? (world.place ?? null) : null }),
    ...backupRooms(world, services),
    ...updateRooms(world, services, storeTimeZone),
  ];
}

/** Made-up money, and what is practised with it. */
function practiceRooms(
  { practice }: SessionParts,
  { drill }: Services,
  networkChanged: (online: boolean) => void,
): Room[] {
  if (practice === null) return [];
  const plugging = (plugIn: boolean) => drill?.plugging(plugIn);
  return [createPracticeRoom({ practice, plugging, networkChanged })];
}

/** Where the computer has no such display, what is to be shown goes nowhere. */
function customerRoom(
  { customerScreen, clock }: World,
  { config, practice }: SessionParts,
  { core, outbox, policy, rules, signedIn }: Services,
): Room {
  const { directory, feed } = core;
  return createCustomerRoom({
    directory,
    feed,
    outbox,
    clock,
    signedIn,
    tillName: config.tillName,
    currency: config.currency,
    isPractice: practice !== null,
    gets: (asked) => rules.gets(asked).bonus,
    screen: customerScreen ?? { show: () => undefined },
    language: () => languageOfTill(config, policy.current().screenLanguage),
  });
}

/** Whether the till may rely on its own records, and whose they are, before anything works on them. */
function recordRooms({ logger }: World, { config, accountHost }: SessionParts, services: Services): Room[] {
  const { core, account, recordsAtStart } = services;
  return [
    {
      name: 'journal',
      start: () => {
        const interrupted = account.hasKey() ? recordsAtStart.recover() : 0;
        if (interrupted > 0) logger.warn('outbox.interrupted', { entries: interrupted });
        if (core.journal !== null) closeOlderDoubts({ ...core, ...services, logger });
      },
      stop: () => {
        core.feed?.stop();
        core.keeper.close();
      },
      shows: { journalProblem: recordsAtStart.problem },
    },
    {
      name: 'account',
      start: () => {
        if (account.hasKey()) keepDirectoryOf(core, `${accountHost} ${config.appId}`);
      },
      stop: account.close,
    },
  ];
}

/** Before the sender: what it has begun to look at by then is not sent from. */
function integrityRoom({ integrityWatch }: Services): Room[] {
  if (integrityWatch === null) return [];
  const { start, stop, damage } = integrityWatch;
  return [{ name: 'integrity', start, stop, shows: { damage } }];
}

function backupRooms({ backups: outside, clock }: World, services: Services): Room[] {
  const { backups, blackBox, core } = services;
  if (backups === null || outside === undefined) return [];
  const blackBoxRoom = blackBox === null ? [] : [{ name: 'black-box', ...blackBox }];
  const parts = { ...core, backups, clock, picker: outside.picker };
  return [
    ...blackBoxRoom,
    createBackupsRoom({ ...parts, blackBoxProblem: () => blackBox?.problem() ?? null }),
  ];
}

/** What holds the next version of the program, and whoever wants it to end, back while this till is open. */
function updateRooms({ updates, use, ...world }: World, services: Services, storeTimeZone: string): Room[] {
  const { outbox, checkUp, policy, shifts } = services;
  const now = () => {
    const { state, reversed } = checkUp.shown();
    return {
      sending: outbox.counts().sending,
      checkUpOpen: state === 'running' || state === 'waiting' || !reversed,
      countOpen: shifts.service.isCountOpen(),
    };
  };
  const useRooms = use === undefined ? [] : [createUseRoom(use, now)];
  if (updates === undefined) return useRooms;
  const minuteOf = (unixMs: number) => minuteOfDay(unixMs, storeTimeZone);
  const backUp = async () => (await services.backups?.backupNow('update')) ?? ok({});
  return [...useRooms, createUpdatesRoom({ ...world, updates, policy, minuteOf, now, backUp })];
}

/** Looks at the rest of the journal while nobody waits. */
const auditRoom = ({ account, recordsAtStart }: Services): Room => ({
  name: 'audit',
  start: () => {
    if (account.hasKey()) recordsAtStart.start();
  },
  stop: recordsAtStart.stop,
});
