import { join } from 'node:path';
import type { UpdateBlocker } from '../../preload/contract/index.ts';
import { type Chain, createChain } from '../chain/index.ts';
import { type Counter, createCounter } from '../counter/index.ts';
import { createDay, type Day } from '../day/index.ts';
import { createHosts, type Hosts } from '../hosts/index.ts';
import { databaseFile, liveFolder, practiceFolder, zReportsFolder } from '../kernel/folders.ts';
import { createKernel, type Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import { createTimeouts } from '../kernel/timeouts.ts';
import { createLedger, type Ledger } from '../ledger/index.ts';
import { createMembers, type Members } from '../members/index.ts';
import { createPaper, type Paper } from '../paper/index.ts';
import { createPeople, type People, VAULT_FILE } from '../people/index.ts';
import { createSafety, type Safety } from '../safety/index.ts';
import { createSending, type Sending } from '../sending/index.ts';
import { createUpdateRooms } from '../updates/index.ts';
import { createFirstDayRoom } from './first-day-room.ts';
import { writeFoundBy } from './found-in-worker.ts';
import { hostProtocol } from './host-protocol.ts';
import { publishChangesOf, topicsOfAnyEntry } from './journal-topics.ts';
import { createRecords, type Records } from './records.ts';
import { recordedIn, withComputer } from './status/status-facts.ts';
import { verdict } from './status/status-verdict.ts';
import { createPlaceRoom } from './support/place-room.ts';
import { createTillRoom, languageOfTill } from './till-room.ts';
import type { SessionParts, World } from './world.ts';

/** All slices of an open till; each needs only earlier ones. */
export interface Slices {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly members: Members;
  readonly people: People;
  readonly sending: Sending;
  readonly counter: Counter;
  readonly records: Records;
  readonly day: Day;
  readonly paper: Paper;
  readonly safety: Safety;
  readonly chain: Chain;
  readonly updateRooms: readonly Room[];
}

interface Opening {
  readonly world: World;
  readonly parts: SessionParts;
  /** This till's own data folder. */
  readonly folder: string;
  readonly isPractice: boolean;
  /** For dependencies on later slices: call it only once all are made. */
  readonly later: () => Slices;
  readonly networkBack: () => void;
}

type Made<Names extends keyof Slices> = Pick<Slices, Names>;

const kernelOf = ({ world, parts: { db, secrets, config, itPolicy }, later }: Opening): Kernel =>
  createKernel({
    db,
    journalKey: secrets?.journalKey ?? null,
    storeTimeZone: config.storeTimeZone,
    clock: world.clock,
    random: world.random,
    logger: world.logger,
    changed: world.changed,
    above: () => ({ it: Object.keys(itPolicy.settings), owner: later().chain.sets() }),
  });

const hostsOf = ({ parts, later, networkBack }: Opening, kernel: Kernel): Hosts =>
  createHosts({
    kernel,
    config: parts.config,
    account: parts.account,
    practice: parts.practice,
    policy: () => later().counter.policy.current(),
    waiting: () => later().ledger.outbox.onTheirWay(),
    isUndecided: () => later().ledger.outbox.counts().unknown > 0,
    networkBack,
  });

function ledgerOf({ world, parts, folder }: Opening, kernel: Kernel): Ledger {
  const { changed } = kernel;
  const ledger = createLedger({
    kernel,
    config: parts.config,
    accountHost: parts.accountHost,
    journalKey: parts.secrets?.journalKey ?? null,
    heads: { slots: folder, copy: join(world.headCopyFolder, parts.mode) },
    protocol: hostProtocol,
    onRepaired: () => changed(...topicsOfAnyEntry),
  });
  ledger.feed?.subscribe((rows) => publishChangesOf(rows, changed));
  return ledger;
}

const membersOf = (opening: Opening, made: Made<'kernel' | 'hosts' | 'ledger'>): Members => {
  const { isPractice, later } = opening;
  return createMembers({
    ...made,
    isPractice,
    policy: () => later().counter.policy.current(),
    hasDiskRoom: () => later().safety.backups?.state().disk !== 'full',
  });
};

const peopleOf = (opening: Opening, made: Made<'kernel' | 'hosts' | 'ledger'>): People =>
  createPeople({
    ...made,
    isPractice: opening.isPractice,
    policy: () => opening.later().counter.policy.current(),
    pinPepper: opening.parts.secrets?.pinPepper ?? null,
    pinCost: opening.world.pinCost,
  });

const sendingOf = (opening: Opening, made: Made<'kernel' | 'hosts' | 'ledger' | 'members'>): Sending =>
  createSending({
    ...made,
    protocol: opening.parts.protocol,
    resume: (who) => opening.later().records.resume(who),
  });

const counterOf = (
  { later, parts }: Opening,
  made: Made<'kernel' | 'hosts' | 'ledger' | 'members' | 'people' | 'sending'>,
): Counter =>
  createCounter({
    ...made,
    shift: {
      openLineOf: (sequence) => later().day.shifts.service.openLineOf(sequence),
      wasHandedOut: (sequence) => later().day.shifts.quiet.wasHandedOut(sequence),
    },
    shownDay: () => later().day.shownDay(),
    itPolicy: parts.itPolicy,
  });

const dayOf = (
  { world, folder, isPractice, later, parts }: Opening,
  made: Made<'kernel' | 'hosts' | 'ledger' | 'members' | 'people' | 'sending' | 'counter' | 'records'>,
): Day => {
  const recordsWorker = world.exports?.recordsWorker ?? '';
  return createDay({
    ...made,
    isPractice,
    journalKey: parts.secrets?.journalKey ?? null,
    zFolder: zReportsFolder(folder),
    recordsWorker,
    meetZ: (met) => made.records.tillCopies.meet(met, 'z'),
    reportPicker: world.reportPicker ?? null,
    timeouts: timeoutsOf(world),
    exports: {
      place: world.exports?.place ?? null,
      write: writeFoundBy(recordsWorker, databaseFile(folder), made.ledger),
      sheetPdf: world.exports?.sheetPdf ?? null,
    },
    desk: {
      print: (number) => later().paper.desk.print(number),
      openDrawer: (cause, who) => later().paper.desk.openDrawer(cause, who),
    },
    saver: world.receipts?.saver ?? null,
    memberData: {
      unprinted: () => later().paper.unprinted(),
      copies: () => later().safety.memberCopies(),
      lost: () => later().safety.lost(),
      forgetLost: (isErased) => later().safety.forgetLost(isErased),
    },
  });
};

const timeoutsOf = (world: World) => world.backups?.timeouts ?? createTimeouts(world.clock);

const paperOf = (
  { world, parts: { config }, isPractice }: Opening,
  made: Omit<Slices, 'paper' | 'safety' | 'chain' | 'updateRooms'>,
): Paper =>
  createPaper({
    ...made,
    isPractice,
    meetPaper: (met) => made.records.tillCopies.meet(met, 'paper'),
    language: () => languageOfTill(config, made.counter.policy.current().screenLanguage),
    canvas: world.receipts?.canvas ?? null,
    saver: world.receipts?.saver ?? null,
    // Without a display its content is dropped.
    customerScreen: world.customerScreen ?? { show: () => undefined },
  });

const safetyOf = (
  { world, parts, folder, isPractice }: Opening,
  made: Made<'kernel' | 'hosts' | 'ledger' | 'day' | 'records'>,
): Safety =>
  createSafety({
    ...made,
    databaseFile: databaseFile(folder),
    vaultFile: join(folder, VAULT_FILE),
    journalKey: parts.secrets?.journalKey ?? null,
    backups: isPractice ? null : (world.backups ?? null),
    onDamaged: world.onDamaged,
    meetAtPlace: (met) => made.records.tillCopies.meet(met, 'place'),
  });

/** What waits for KYBIO, test credits for days or for ever, is not under anybody's hands. */
const underWay: ReadonlySet<string> = new Set<UpdateBlocker>(['sending', 'check-up']);

const chainOf = (
  { world, parts, isPractice }: Opening,
  made: Made<
    'kernel' | 'hosts' | 'ledger' | 'members' | 'people' | 'counter' | 'records' | 'day' | 'paper' | 'safety'
  >,
): Chain =>
  createChain({
    ...made,
    isPractice,
    picker: world.backups?.picker ?? null,
    timeouts: timeoutsOf(world),
    ownerKey: parts.secrets?.ownerKey ?? null,
    keepOwnerKey: async (ownerKey) => {
      if (parts.vault?.keepOwnerKey === undefined) throw new Error('no vault');
      world.logger.hide?.(ownerKey);
      await parts.vault.keepOwnerKey(ownerKey);
    },
    hasEntryOpen: () => world.use?.busy().some((what) => !underWay.has(what)) ?? false,
    version: world.version ?? '0.0.0',
    status: () => {
      const { db, settings } = made.kernel;
      const recorded = recordedIn({ db, settings, config: parts.config, clock: world.clock });
      return withComputer(recorded, world.folder, async () => parts.itPolicy);
    },
    verdict,
    meetState: (met) => void made.records.tillCopies.meet(met, 'state'),
  });

export function createSlices(world: World, parts: SessionParts, networkBack: () => void): Slices {
  const isPractice = parts.mode === 'practice';
  const folder = isPractice ? practiceFolder(world.folder) : liveFolder(world.folder);
  const later = (): Slices => slices;
  const opening: Opening = { world, parts, folder, isPractice, later, networkBack };
  const kernel = kernelOf(opening);
  const hosts = hostsOf(opening, kernel);
  const ledger = ledgerOf(opening, kernel);
  const members = membersOf(opening, { kernel, hosts, ledger });
  const people = peopleOf(opening, { kernel, hosts, ledger });
  const sending = sendingOf(opening, { kernel, hosts, ledger, members });
  const counter = counterOf(opening, { kernel, hosts, ledger, members, people, sending });
  // The records are settled before anything else reads them.
  const records = createRecords(parts, folder, { kernel, hosts, ledger, members, sending, counter });
  const upToRecords = { kernel, hosts, ledger, members, people, sending, counter, records };
  const day = dayOf(opening, upToRecords);
  const paper = paperOf(opening, { ...upToRecords, day });
  const safety = safetyOf(opening, { ...upToRecords, day });
  const chain = chainOf(opening, { ...upToRecords, day, paper, safety });
  const updateRooms = createUpdateRooms({
    ...upToRecords,
    day,
    safety,
    updates: world.updates ?? null,
    use: world.use ?? null,
  });
  const slices: Slices = { ...upToRecords, day, paper, safety, chain, updateRooms };
  return slices;
}

/** In order of start; they stop in reverse. */
export function roomsOf(
  world: World,
  { config, practice, db }: SessionParts,
  slices: Slices,
): readonly Room[] {
  const { kernel, hosts, ledger, members, people, sending, counter, records } = slices;
  const { settings, logger, changed } = kernel;
  // Practice data may be anywhere.
  const place = practice === null ? (world.place ?? null) : null;
  const { limits, policy } = counter;
  return [
    { name: 'database', stop: () => void db.close() },
    ...hosts.practiceRooms,
    ...records.rooms,
    ...slices.safety.firstRooms,
    ...hosts.rooms,
    ...sending.rooms,
    records.auditRoom,
    sending.checkUpRoom,
    ...counter.rooms,
    ...members.rooms,
    ...people.rooms,
    createTillRoom(config, limits, policy, ledger.numbersSeen, people.signedIn.person, kernel.above),
    createFirstDayRoom(settings, changed),
    ...slices.day.rooms,
    ...slices.paper.rooms,
    createPlaceRoom({ place, settings, logger, changed }),
    ...slices.safety.rooms,
    ...slices.chain.rooms,
    ...slices.updateRooms,
  ];
}
