import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_BYTES, type ZExchange } from '../../day/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { isMissing } from '../../kernel/held-file.ts';
import type { Clock, Random } from '../../kernel/ports.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { readBounded } from '../read-bounded.ts';
import { inFolder } from './in-folder.ts';
import { partOf } from './state-folder.ts';
import { zNameOf } from './z-names.ts';

// This till's own Zs in `zs` of the chain's folder.

export interface OwnZsThereParts {
  readonly zs: Pick<ZExchange, 'own' | 'fileOf'>;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly pause: () => Promise<void>;
}

export interface OwnZsThere {
  /** Writes those of the newest that are not there, or not under the present key. */
  put(folder: string, tillId: string): Promise<void>;
  /** Another folder, or another key. */
  forget(): void;
}

/** The newest of a till, which a folder that lay elsewhere meanwhile gets again. */
const MOST_OWN = 60;
/** Files written a round. */
const MOST_PUT = 20;
/** Files that are looked at together, within one time limit. */
const STEP = 8;
/** What a slow folder has no time for is looked at next time. */
const LIMIT_MS = 15_000;
/** Somebody may have removed them. */
const CHECK_EVERY_MS = 3_600_000;
const READABLE = 0o644;

interface OwnZ {
  readonly name: string;
  readonly number: number;
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (thrown: unknown) => {
      if (isMissing(thrown)) return false;
      throw thrown;
    },
  );

/** Null for what cannot be read now: it is left as it is, and looked at again. */
async function holds(path: string, text: string): Promise<boolean | null> {
  const bytes = await readBounded(path, MOST_BYTES);
  if (bytes.ok) return bytes.value.toString('utf8') === text;
  return bytes.error === 'unreadable' ? null : false;
}

export function createOwnZsThere({ zs, timeouts, clock, random, pause }: OwnZsThereParts): OwnZsThere {
  let there = new Set<string>();
  /** Those that lay there as this till writes them: a file does not become another key's by itself. */
  let sealed = new Set<string>();
  let checkedAtMs = Number.NEGATIVE_INFINITY;

  const fileOf = async (number: number): Promise<string | null> => {
    await pause();
    return zs.fileOf(number);
  };

  /** Whether each of them lies there. */
  const look = async (folder: string, own: readonly OwnZ[]): Promise<readonly (boolean | null)[]> => {
    const texts = new Map<string, string>();
    for (const { name, number } of own) {
      const text = sealed.has(name) ? null : await fileOf(number);
      if (text !== null) texts.set(name, text);
    }
    return inFolder(folder, timeouts, async () => {
      const path = await partOf(folder, 'zs');
      return Promise.all(
        own.map(({ name }) => {
          const text = texts.get(name);
          return text === undefined ? isThere(join(path, name)) : holds(join(path, name), text);
        }),
      );
    });
  };

  /** False where this till has no such report, or no key. */
  const write = async (folder: string, { name, number }: OwnZ): Promise<boolean> => {
    const text = await fileOf(number);
    if (text === null) return false;
    await inFolder(folder, timeouts, () =>
      writeFileAtomically(join(folder, 'zs', name), text, random.uuid(), READABLE),
    );
    return true;
  };

  return {
    put: async (folder, tillId) => {
      if (clock.monotonicMs() - checkedAtMs > CHECK_EVERY_MS) {
        there = new Set();
        checkedAtMs = clock.monotonicMs();
      }
      // The folder, or the key, may be another one before this is over.
      const noted = [there, sealed];
      const note = (name: string): void => {
        for (const names of noted) names.add(name);
      };
      const until = clock.monotonicMs() + LIMIT_MS;
      const own = (await zs.own(MOST_OWN)).map(({ number, digest }) => {
        return { number, name: zNameOf(tillId, digest) };
      });
      const unsure = own.filter(({ name }) => !there.has(name));
      let written = 0;
      for (let at = 0; at < unsure.length && clock.monotonicMs() < until; at += STEP) {
        const some = unsure.slice(at, at + STEP);
        for (const [place, isThereNow] of (await look(folder, some)).entries()) {
          const one = some[place];
          if (one === undefined || isThereNow === null) continue;
          if (isThereNow) note(one.name);
          else if (written === MOST_PUT) return;
          else if (await write(folder, one)) {
            written += 1;
            note(one.name);
          }
        }
      }
    },
    forget: () => {
      there = new Set();
      sealed = new Set();
    },
  };
}
