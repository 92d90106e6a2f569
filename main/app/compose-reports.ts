import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { appError } from '../../preload/contract/index.ts';
import { createDayGroups } from '../day/day-groups.ts';
import { readBoundedZ, textOfZFile } from '../day/reports/bounded-z.ts';
import { createDayBook } from '../day/reports/day-book.ts';
import { createOpenWithin } from '../day/reports/open-within.ts';
import { createOwnZs } from '../day/reports/own-zs.ts';
import { createOwnerView } from '../day/reports/owner-view.ts';
import type { ReadZ, ZDesk } from '../day/reports/read-z.ts';
import { createReportsRoom } from '../day/reports/reports-room.ts';
import type { ZFacts } from '../day/reports/z-facts.ts';
import { createZFolder } from '../day/reports/z-folder.ts';
import { createZPicks } from '../day/reports/z-picks.ts';
import { DatabaseFailure } from '../kernel/database/failure.ts';
import { liveFolder, practiceFolder, zReportsFolder } from '../kernel/folders.ts';
import { createPatience } from '../kernel/patience.ts';
import type { Room } from '../kernel/room.ts';
import type { MetTill } from '../ledger/journal/till-line.ts';
import type { SessionParts, World } from './compose-core.ts';
import type { Services } from './compose-services.ts';

const settledStates: ReadonlySet<string> = new Set(['confirmed', 'rejected', 'cancelled']);

const tillOfZ = ({ tillId, epoch }: ZFacts): MetTill | null =>
  tillId === null || epoch === null ? null : { tillId, epoch };

/** Z reports of versions before say no number. */
function seeNumber({ numbersSeen }: Services['core'], { tillId, till, numbering, closedAtMs }: ZFacts): void {
  if (tillId === null || numbering === null) return;
  numbersSeen.see({ tillId, till, on: 'z', madeAtMs: closedAtMs, by: numbering });
}

/** The owner's view of one till. */
export function composeReports(
  world: World,
  { config, mode, db, account: keys, accountHost }: SessionParts,
  { core, outbox, shifts }: Services,
): Room {
  const isPractice = mode === 'practice';
  const { appId, currency, tillName } = config;
  /** Between two steps the till may be closed: another one is opened, or the program ends. */
  const mustBeOpen = () => {
    if (!db.open) throw new DatabaseFailure(appError('database-failed', { sqlite: 'closed' }), null);
  };
  const pause = async () => {
    await untilOthersRan();
    mustBeOpen();
  };
  const worker = world.exports?.recordsWorker ?? '';
  const readAs = (text: string, desk: ZDesk): Promise<ReadZ> =>
    readBoundedZ(worker, text, desk).catch((thrown: unknown) => {
      world.logger.warn('reports.no-worker', { error: String(thrown) });
      return { ok: false, problem: 'unreadable' };
    });
  const read = async (text: string): Promise<ReadZ | null> => {
    const account = { host: accountHost, appId };
    const desk = keys.ofKey((appKey): ZDesk => ({ account, appKey, currency, isPractice }));
    if (desk === null) return null;
    const found = await readAs(text, desk);
    mustBeOpen();
    // A report of this very till that another computer has closed.
    if (found.ok) {
      core.tillCopies.meet(tillOfZ(found.facts), 'z');
      seeNumber(core, found.facts);
    }
    return found;
  };
  const parts = { ...world, pause, read, textOf: textOfZFile };
  const at = zReportsFolder(isPractice ? practiceFolder(world.folder) : liveFolder(world.folder));
  const folder = createZFolder({ ...parts, folder: at });
  const picks = createZPicks(at, world.random);
  const openWithin = createOpenWithin(db);
  const tillId = () => core.tillIdentity.tillId;
  const own = createOwnZs({ ...parts, tillId, zReports: shifts.repository.zReports });
  const look = createOwnerView({
    ...parts,
    folder,
    own,
    picks,
    today: () => core.businessDays.of(world.clock.nowMs()),
    ownTill: () => ({ id: tillId(), name: tillName }),
    book: createDayBook({
      ...parts,
      groups: createDayGroups(db, core.tillIdentity),
      ...core.businessDays,
      repaired: core.keeper.repaired,
    }),
    isSettled: (id) => settledStates.has(outbox.byId(id)?.state ?? ''),
    openOf: (z, range) => (own.digestsOf(z.id).includes(z.digest) ? openWithin(range) : null),
  });
  return createReportsRoom({
    ...parts,
    look,
    changed: core.changed,
    folder,
    picker: world.reportPicker ?? null,
    ownDigests: own.digestsOf,
    picks,
    journal: core.journal,
    patience: world.backups?.patience ?? createPatience(world.clock),
    isCountedBlind: shifts.service.isCountedBlind,
  });
}
