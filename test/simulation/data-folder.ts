import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TillConfig } from '../../main/hosts/config.ts';
import type { MainParts } from './main-parts.ts';
import type { Scenario } from './scenario.ts';

const ACCOUNT = { host: 'https://kybio.example', appId: 'APP' } as const;

/** Where a data folder has its database. */
export const DB_FILE = join('live', 'counterfoil.db');

export const configOf = (scenario: Scenario): TillConfig => ({
  ...ACCOUNT,
  tillName: 'Counter 1',
  storeTimeZone: scenario.storeTimeZone,
  currency: 'SGD',
  language: 'en',
  // Even seconds; the other tills of the account take odd ones.
  tillNumber: 2,
  tillCount: 2,
});

/** As a manager would have set them, before the till is first opened. */
export function writeSettings(file: string, settings: Readonly<Record<string, unknown>>): void {
  const db = new Database(file);
  try {
    db.pragma('synchronous = OFF');
    const set = db.prepare(
      'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
    db.transaction(() => {
      for (const [key, value] of Object.entries(settings)) set.run(key, JSON.stringify(value));
    })();
  } finally {
    db.close();
  }
}

/** A migrated and configured database to copy, made once: it is the same for every run. */
export function makeTemplate(main: MainParts, folder: string): string {
  const problem = main.account.configureLive(folder, {
    ...{ ...ACCOUNT, tillName: 'Counter 1', storeTimeZone: 'UTC', currency: 'SGD' },
    ...{ language: 'en', tillNumber: 1, tillCount: 1 },
  });
  if (problem !== null) throw new Error(problem.code);
  return join(folder, DB_FILE);
}

export interface Images {
  /** The whole disk, the copy of the head too; no process has it open. */
  makeImage(): void;
  /** The image takes the disk's place; `keeps`: what was there becomes the image. */
  putImage(keeps: boolean): void;
  hasImage(): boolean;
}

/** Copies of the whole disk: the data folder, and what lies beside it. */
export function createImages(folder: string): Images {
  const parts = ['live', 'copy'];
  const move = (from: string, to: string) => {
    for (const part of parts) {
      rmSync(join(folder, to, part), { recursive: true, force: true });
      cpSync(join(folder, from, part), join(folder, to, part), { recursive: true });
    }
  };
  let isMade = false;
  return {
    makeImage: () => {
      move('.', 'image');
      isMade = true;
    },
    putImage: (keeps) => {
      if (keeps) move('.', 'kept');
      move('image', '.');
      if (keeps) move('kept', 'image');
    },
    hasImage: () => isMade,
  };
}
