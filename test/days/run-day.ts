import { prngOf } from '../simulation/prng.ts';
import { act } from './act.ts';
import { settleAll } from './answers.ts';
import { checkLedger } from './ledger.ts';
import { lookAt } from './look.ts';
import { checkOwners } from './owners.ts';
import { type Action, type Day, inWords } from './plan.ts';
import { openShop, type Shop } from './shop.ts';
import { type Inject, openDayWorld, type TillName, tillNames } from './world.ts';

export interface DayResult {
  readonly seed: number;
  /** Each with the number of the action after which it showed. */
  readonly problems: readonly { readonly at: number; readonly what: string }[];
  readonly figures: Readonly<Record<string, number>>;
}

export interface Running {
  /** Only so many of its actions, and then the evening. */
  readonly until?: number;
  readonly inject?: Inject;
  readonly tell?: (line: string) => void;
  /** A day that has gone wrong is not gone on with: what follows is of the same cause. */
  readonly stopsAtFirst?: boolean;
}

/** Everything is brought to its end, counted, closed, added up and held against the host. */
async function evening(shop: Shop): Promise<void> {
  const { world } = shop;
  await act(shop, { do: 'network', isUp: true });
  world.store.clearFaults();
  for (const till of tillNames) await act(shop, { do: 'set clock', till, offMs: 0 });
  for (const till of tillNames) await lookAt(shop, till);
  // What a shift leaves open another one tells of.
  for (const till of tillNames) await act(shop, closing(till));
  await settleAll(shop);
  for (const till of tillNames) {
    await act(shop, { do: 'open', till, floatCents: 5_000, drawer: 'own' });
    await lookAt(shop, till);
    await act(shop, closing(till));
  }
}

const closing = (till: TillName): Action => ({
  do: 'close',
  till,
  counting: { offCents: 0, miscountedCents: 0, alsoCounts: ['card'], between: [] },
});

/** Plays a day, and tells what was told otherwise than it is. */
export async function runDay(day: Day, running: Running = {}): Promise<DayResult> {
  const { until = day.actions.length, inject, tell, stopsAtFirst = true } = running;
  const prng = prngOf('world', day.seed);
  const world = await openDayWorld(prng, day.startMs, inject);
  const problems: { at: number; what: string }[] = [];
  let figures: Readonly<Record<string, number>> = {};
  try {
    const shop = await openShop(day, world, prng);
    ({ figures } = shop);
    const isOver = () => stopsAtFirst && problems.length > 0;
    const step = async (at: number, doIt: () => Promise<void>) => {
      if (isOver()) return;
      try {
        await doIt();
      } catch (thrown) {
        shop.problems.push(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
      }
      problems.push(...shop.problems.splice(0).map((what) => ({ at, what })));
    };
    for (const [at, action] of day.actions.slice(0, until).entries()) {
      tell?.(`${at + 1}: ${inWords(action)}`);
      await step(at + 1, () => act(shop, action));
    }
    await step(until, () => evening(shop));
    await step(until, async () => checkLedger(shop));
    await step(until, () => checkOwners(shop));
  } finally {
    await world.close();
  }
  return { seed: day.seed, problems, figures };
}
