import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOfZFile } from '../../../main/day/reports/bounded-z.ts';
import { importFiles } from '../../../main/day/reports/import-files.ts';
import { readZ, type ZDesk } from '../../../main/day/reports/read-z.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import { createZFolder, type ZFolder } from '../../../main/day/reports/z-folder.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import { createTimeouts } from '../../../main/kernel/timeouts.ts';
import {
  amount,
  type ChannelArgs,
  type ChannelName,
  type ChannelReply,
  type PickedZ,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { createTestClock } from '../../kit/clock.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { silentLogger, type TestTill, temporaryFolder } from '../../kit/till.ts';
import { entryOfZ, tenderOf, zReportOf, zShop } from '../../kit/z-reports.ts';

/** As a manager asks, whose PIN was checked before. */
export async function must<N extends ChannelName>(
  { session }: TestTill,
  name: N,
  args: ChannelArgs<N>,
): Promise<ChannelReply<N>> {
  const answer = await handlerIn(session.rooms, name)?.(args as never, theManager);
  if (answer?.ok !== true) throw new Error(`${name}: ${answer?.error.code}`);
  return answer.value;
}

const desk: ZDesk = { ...zShop, currency: 'SGD', isPractice: false };
export const pause = async () => undefined;

/** The till's own key, which seals what it has verified. */
export const journalKey = Buffer.alloc(32, 7);

/** A till that Z files are picked at. */
export function open(
  folder = join(temporaryFolder(), 'z-reports'),
  change: Partial<ZDesk> = {},
  key: Buffer | null = journalKey,
) {
  const read = async (text: string) => readZ(text, { ...desk, ...change });
  const values = new Map<string, string>();
  const kept: ZFolder = createZFolder({
    folder,
    journalKey: key,
    random: realRandom,
    logger: silentLogger,
    settings: { get: (name) => values.get(name) ?? null, set: (name, value) => void values.set(name, value) },
    pause,
    readVerified: async (text) => readZ(text, { ...desk, ...change, appKey: null }),
    textOf: textOfZFile,
  });
  const ownDigests = (id: string) => (id === 'own' ? [factsOf(zReportOf({ id: 'own' })).digest] : []);
  const from = temporaryFolder();
  const clock = createTestClock();
  const parts = {
    ...{ folder: kept, logger: silentLogger, pause, read, ownDigests },
    ...{ timeouts: createTimeouts(clock), textOf: textOfZFile, isArchive: false },
  };
  return {
    ...{ folder, kept },
    /** Files of these texts, picked together. */
    pick: (files: Readonly<Record<string, string | Buffer>>) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(from, name), text);
      return importFiles(
        parts,
        Object.keys(files).map((name) => join(from, name)),
      );
    },
    missing: () => importFiles(parts, [join(from, 'not-there.json')]),
    /** Files of places, some of which give nothing until they are back. */
    pickOf: (paths: readonly string[], textOf: (path: string) => Promise<string>) =>
      importFiles({ ...parts, textOf }, paths),
    clock,
    /** A folder, what is read without an end, and one that nobody writes into. */
    noFiles: () => {
      mkdirSync(join(from, 'folder.json'));
      symlinkSync('/dev/zero', join(from, 'endless.json'));
      if (spawnSync('mkfifo', [join(from, 'pipe.json')]).status !== 0) throw new Error('no mkfifo');
      return importFiles(
        parts,
        ['folder.json', 'endless.json', 'pipe.json'].map((name) => join(from, name)),
      );
    },
  };
}

export const outcomes = (files: readonly PickedZ[]) =>
  files.map(({ file, outcome, problem }) => [file, outcome, problem]);
const endless = amount('9'.repeat(30));
/** More digits than what is added up may have, each in another place. */
export const impossible: readonly ShiftReport[] = [
  zReportOf({}, endless),
  zReportOf({ tenders: [tenderOf({ taken: endless }), tenderOf({ tender: 'card', taken: endless })] }),
  zReportOf({ tenders: [tenderOf({ reversed: endless })] }),
  zReportOf({ tenders: [tenderOf({ lateGivenBack: endless })] }),
  zReportOf({ tenders: [tenderOf({ variance: amount(`-${endless}`) })] }),
  zReportOf({ bonus: endless }),
  zReportOf({ points: endless }),
  zReportOf({ unsettled: [entryOfZ('a', { principal: endless })] }),
  zReportOf({
    late: [
      { ...entryOfZ('a', { state: 'rejected', bonus: endless }), shift: 1, was: 'queued', settledAtMs: 5 },
    ],
  }),
  zReportOf({ cells: zReportOf().cells.map((cell) => ({ ...cell, entries: Number.MAX_SAFE_INTEGER })) }),
  zReportOf({ closedAtMs: Number.MAX_SAFE_INTEGER }),
  zReportOf({ businessDay: '2026-02-30', id: 'no such day', closedAtMs: 5, openedAtMs: 5, atMs: 5 }),
  zReportOf({ businessDay: '9999-99-99', id: 'no such day', closedAtMs: 5, openedAtMs: 5, atMs: 5 }),
];
