import { join } from 'node:path';
import type { OpenedSession } from '../../main/app/open-session.ts';
import type { World } from '../../main/app/world.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';
import type { Program } from './program.ts';
import { keys, type Shop } from './shop.ts';

export interface UpgradedTill {
  readonly session: OpenedSession;
  /** What it has logged as an error. */
  readonly errors: readonly string[];
  /** Lets time pass until `holds`, never while a call is on its way; throws where that takes longer. */
  drive(holds: () => boolean, withinMs?: number): Promise<void>;
}

const TICKS = 6;
const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What everything that needs no time does first. */
export async function settle(): Promise<void> {
  for (let tick = 0; tick < TICKS; tick += 1) await nextTick();
}

/** The live till of a folder, as this program runs it, beside its shop; throws where it does not open. */
export async function openTill(
  program: Program,
  folder: string,
  { clock, transport }: Shop,
  journalKey = keys.journalKey,
): Promise<UpgradedTill> {
  const errors: string[] = [];
  const { appKey, pinPepper } = keys;
  const world: World = {
    ...{ folder, clock, headCopyFolder: join(folder, 'copy'), changed: () => undefined },
    random: { ...realRandom, unit: () => 0 },
    logger: {
      ...silentLogger,
      error: (event, values) => void errors.push(`${event} ${JSON.stringify(values)}`),
    },
    vault: createMemoryVault({ appKey, pinPepper, journalKey }, realRandom),
    connect: (account, by = clock) =>
      program.createKybioClient({
        ...{ clock: by, logger: silentLogger, transport },
        account: { ...account, baseUrl: 'http://host-at-hand/kybio' },
      }),
  };
  const opened = await program.openLiveSession(world);
  if (!opened.ok) throw new Error(opened.error.code);
  if (opened.value === null) throw new Error('not set up');
  const drive = async (holds: () => boolean, withinMs = 2 * 86_400_000) => {
    const untilMs = clock.monotonicMs() + withinMs;
    for (;;) {
      await settle();
      if (holds()) return;
      if (clock.monotonicMs() > untilMs || !clock.runNext()) throw new Error('it never came to hold');
    }
  };
  return { session: opened.value, errors, drive };
}

/** What `--verify` says of a folder. */
export const verify = (program: Program, folder: string, { clock }: Pick<Shop, 'clock'>) =>
  program.verifyCommand(
    {
      file: program.databaseFile(program.liveFolder(folder)),
      ...{ clock, random: realRandom, protocol: program.kybio },
    },
    keys.appKey,
    {
      key: keys.journalKey,
      slotFolder: program.liveFolder(folder),
      copyFolder: join(folder, 'copy', 'live'),
    },
  );
