import type { KybioHost } from './kybio-host.ts';
import { type Prng, weighted } from './prng.ts';
import type { Happening, ProfileName } from './scenario.ts';
import type { SimTill } from './sim-till.ts';
import type { Stage } from './stage.ts';

/** What the till may rely on where its disk is copied: any of these. */
export const copiedRelies = (prng: Prng): ProfileName => prng.pick(['duplicates', 'log', 'nothing'] as const);

/** By what the machine is known afterwards: as before, as another one, or by nothing at all. */
export type CopiedMachine = 'same' | 'other' | 'untold';

const MINUTE = 60_000;

interface Copied {
  readonly members: number;
  readonly topUp: (member: number) => Happening;
}

/**
 * A day with an hour without a network, in which the whole disk is copied, heads and keyring too. Then it is put back
 * after what waited was sent (a restore), or it is started beside the original, which goes on later (a clone).
 */
export function copiedEvents(prng: Prng, { members, topUp }: Copied): (Happening & { atMs: number })[] {
  const list: (Happening & { atMs: number })[] = [];
  const lengthMs = prng.between(10, 60) * MINUTE;
  for (let member = 0; member < members; member += 1)
    list.push({ ...topUp(member), atMs: prng.below(lengthMs) });
  // Some come a second time, before the copy or after it.
  for (let made = prng.below(10); made > 0; made -= 1)
    list.push({ ...topUp(prng.below(members)), atMs: prng.below(lengthMs) });
  const at = (share: number) => Math.floor(lengthMs * share);
  const outage = prng.pick(['refused', 'dns', 'swallowed'] as const);
  list.push({ kind: 'outage', outage, forMs: at(0.5), atMs: at(0.25) });
  list.push({ kind: 'image', atMs: at(0.5) });
  const afterMs = MINUTE * Number(weighted(prng, { 5: 8, 15: 8, 60: 8, 180: 3, 1500: 1 }));
  const machine = prng.pick(['same', 'same', 'other', 'untold'] as const);
  if (prng.chance(0.6)) {
    list.push({ kind: 'put-image', keeps: false, machine, atMs: lengthMs + afterMs });
  } else {
    list.push({ kind: 'put-image', keeps: true, machine, atMs: at(0.65) });
    list.push({ kind: 'put-image', keeps: true, machine: 'same', atMs: lengthMs + afterMs });
  }
  for (let made = prng.below(6); made > 0; made -= 1)
    list.push({ ...topUp(prng.below(members)), atMs: lengthMs + afterMs + prng.below(20 * MINUTE) });
  if (prng.chance(0.3))
    list.push({ kind: 'restart', downMs: 5_000, atMs: lengthMs + afterMs + prng.below(10 * MINUTE) });
  return list;
}

/** Two tills with one number: now and then another one takes the second of what ours has on its way. */
export function sameNumberEvents(prng: Prng, { members, topUp }: Copied): (Happening & { atMs: number })[] {
  const list: (Happening & { atMs: number })[] = [];
  const lengthMs = members * 4_000;
  for (let member = 0; member < members; member += 1)
    list.push({ ...topUp(member), atMs: prng.below(lengthMs) });
  for (let taken = 0; taken < members / 2; taken += 1)
    list.push({ kind: 'second-taken', atMs: prng.below(lengthMs + 2 * MINUTE) });
  return list;
}

/** As the disk is copied; no process has it open. */
export const copyDisk = ({ till }: Stage): void => void till.restart(2_000, () => till.makeImage());

const TRY_AGAIN_MS = 20_000;

export function putImage(
  stage: Stage,
  change: { readonly keeps: boolean; readonly machine: CopiedMachine },
  forget: (stage: Stage) => void,
): void {
  const { till, time } = stage;
  if (till.session() === null || time.asleep() || !till.hasImage()) {
    if (till.hasImage()) time.after(TRY_AGAIN_MS, () => putImage(stage, change, forget));
    return;
  }
  void till.restart(5_000, () => {
    till.putImage(change.keeps);
    till.machine = { same: 'ours', other: 'theirs', untold: null }[change.machine];
    forget(stage);
  });
}

/** Another till with our number credits a member under the second of what ours has not got an answer to. */
export function takeSecond(till: SimTill, host: KybioHost): void {
  const [lost] = till.session()?.ledger.outbox.unknown() ?? [];
  if (lost === undefined) return;
  // Not our own sum: that could not be told apart by anybody.
  const own = Math.round(Number(lost.balanceIncrement) * 100);
  host.takeSecond(lost.customerUid, lost.dataChangeTime, own === 700 ? 900 : 700);
}
