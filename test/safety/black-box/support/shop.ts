import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { kybio } from '../../../../main/hosts/kybio/kybio.ts';
import { limWei } from '../../../../main/hosts/practice/members.ts';
import { theManager } from '../../../../main/kernel/actor.ts';
import { type Lock, openLock } from '../../../../main/kernel/sealing/lock.ts';
import { BLACK_BOX_FILE, PLACE_FOLDER } from '../../../../main/safety/backups/second-place.ts';
import { entriesInRows } from '../../../../main/safety/black-box/entries-in-rows.ts';
import { readBlackBox } from '../../../../main/safety/black-box/read-black-box.ts';
import type { Driven } from '../../../kit/driven-till.ts';
import { openLosing } from '../../../kit/losing.ts';
import { temporaryFolder } from '../../../kit/till.ts';

export const passphrase = 'seven kopi peng at noon';
const known = new Map<string, ReturnType<typeof openLock>>();
export const keyFor = (lock: Lock) => {
  const name = JSON.stringify(lock);
  const key = known.get(name) ?? openLock(lock, passphrase);
  known.set(name, key);
  return key;
};

/** A till that has its black box on a stick. */
export async function shop() {
  const stick = temporaryFolder();
  const driven = await openLosing({}, null, { backups: {} });
  const { session } = driven.till;
  await session.members.lookUp.find(limWei.number);
  const chosen = await session.safety.backups?.choosePlace({ folder: stick, passphrase }, theManager);
  expect(chosen).toEqual({ ok: true, value: {} });
  await session.safety.blackBox?.catchUp();
  const [till = ''] = readdirSync(join(stick, PLACE_FOLDER));
  const folder = join(stick, PLACE_FOLDER, till);
  return { stick, driven, folder, file: join(folder, BLACK_BOX_FILE) };
}

export async function read(file: string) {
  const found = await readBlackBox(file, keyFor);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

export const sumsOf = (rows: Parameters<typeof entriesInRows>[0] | undefined) =>
  entriesInRows(rows ?? [], kybio.readIncrement).entries.map(({ balance }) => balance);

export const catchUp = ({ till }: Driven) => till.session.safety.blackBox?.catchUp();
export const problemOf = ({ till }: Driven) => till.session.safety.blackBox?.problem()?.code ?? null;

/** A bit that tipped over where it lies. */
export function wear(file: string, at: number): void {
  const bytes = readFileSync(file);
  const place = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  writeFileSync(file, bytes);
}

export const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.includes('.cfblackbox'))
    .sort();
