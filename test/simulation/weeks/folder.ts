import type { OtherTill } from '../../../main/hosts/calls/other-tills.ts';
import type { Prng } from '../prng.ts';
import { DAY_MS, type Demand, dayOf, isWithin } from './demand.ts';
import type { Events } from './events.ts';
import { START_UNIX_MS } from './line.ts';
import type { TillPolicy } from './policy.ts';
import type { World } from './worlds.ts';

const EVERY_MS = 300_000;
const MOST_ON_WAY_MS = 300_000;
const none: readonly OtherTill[] = [];

/** The chain's folder as each till sees it: what others stated up to a quarter of an hour ago, and nothing new while it is away. */
export interface Folder {
  others(till: number): readonly OtherTill[];
  start(tills: readonly (() => ReturnType<TillPolicy['stated']>)[]): void;
}

export const noFolder: Folder = { others: () => none, start: () => undefined };

export function createFolder(events: Events, world: World, demand: Demand, prng: Prng): Folder {
  const inFolder = new Map<number, OtherTill>();
  const seen = demand.tills.map((): readonly OtherTill[] => none);
  const { awayOn, neverAt } = world.folder;
  const isOn = (till: number) => isWithin(demand.tills[till]?.on ?? [], events.now());
  const reaches = (till: number) =>
    isOn(till) && dayOf(events.now()) !== awayOn && !neverAt.includes(till + 1);

  const read = (till: number) => {
    const before = new Map(seen[till]?.map((of) => [of.number, of]));
    seen[till] = [...inFolder.values()]
      .filter(({ number }) => number !== till + 1)
      .map((of) => {
        const known = before.get(of.number);
        // By what is seen to change, as the shipped reader does; at first sight by what is said.
        if (known === undefined) return of;
        const isSame = known.days === of.days;
        return isSame ? known : { ...of, heardAtMs: Math.floor(START_UNIX_MS + events.now()) };
      });
  };
  return {
    others: (till) => seen[till - 1] ?? none,
    start: (tills) => {
      for (const [till, stated] of tills.entries()) {
        const beat = () => {
          if (reaches(till)) {
            const of = { number: till + 1, heardAtMs: Math.floor(START_UNIX_MS + events.now()), ...stated() };
            events.after(prng.below(MOST_ON_WAY_MS), () => inFolder.set(till, of));
            read(till);
          }
          if (events.now() < 10 * DAY_MS) events.after(EVERY_MS, beat);
        };
        events.after(prng.below(EVERY_MS), beat);
      }
    },
  };
}
