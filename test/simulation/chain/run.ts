import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { backupFolder, liveFolder } from '../../../main/kernel/folders.ts';
import { restoreBackup } from '../../../main/safety/backups/restore.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { silentLogger } from '../../kit/till.ts';
import { prngOf, randomOf } from '../prng.ts';
import { type ChainTill, closeTill, copyDisk, openTill, setUp, vaultOf } from './chain-till.ts';
import { ask, boss, type Chain, count, must, newUuids, serve } from './counter.ts';
import { closeShift, openShift } from './drawer.ts';
import { createFolder } from './folder.ts';
import { lookIn } from './manager.ts';
import { linesOf, newTill, newWorld, quotaOf } from './places.ts';
import { DAY_MS, HOUR_MS, MEMBERS_A_SHOP, MINUTE_MS, type Plan, type Visit } from './plan.ts';
import { newRecord, type Span } from './record.ts';
import { ownIdOf, sampleOf, samplesFromAfar } from './status.ts';

export interface Month {
  readonly plan: Plan;
  readonly chain: Chain;
  /** A copy of another one's disk is among them where there was one. */
  readonly tills: readonly ChainTill[];
  readonly quota: number;
  /** All PCs are switched off. */
  end(): Promise<void>;
  close(): Promise<void>;
}

const MANAGER_EVERY_MS = HOUR_MS;
/** Others come there, a little later. */
const atTheCopy = (visit: Visit): Visit => ({
  ...visit,
  atMs: visit.atMs + 90_000,
  member: ((visit.member + 17) % MEMBERS_A_SHOP) + Math.floor(visit.member / MEMBERS_A_SHOP) * MEMBERS_A_SHOP,
});

/** The month as it is played. */
class Played {
  readonly plan: Plan;
  readonly chain: Chain;
  readonly tills: ChainTill[];
  readonly #folder: ReturnType<typeof createFolder>;
  readonly #joined = new Set<number>();
  readonly #reachedSince = new Map<number, number>();
  readonly #backups = new Map<number, { file: string; atMs: number }>();
  readonly #ids = new Map<string, ChainTill>();
  #copy: ChainTill | null = null;

  constructor(plan: Plan) {
    this.plan = plan;
    const prng = prngOf('chain world', plan.size.seed);
    const world = newWorld(prng, plan);
    this.chain = {
      ...{ ...world, record: newRecord(), figures: {}, boxes: new Map(), paidBack: new Set() },
      ...{ reversed: new Set(), moves: new Map(), uuid: newUuids(world) },
    };
    this.#folder = createFolder(world.time, world.shared, quotaOf(plan), this.chain.record.published);
    this.tills = linesOf(world, plan, prng).flatMap((network, shop) =>
      Array.from({ length: plan.size.tills }, (_, at) =>
        newTill(world, plan, shop * plan.size.tills + at, network),
      ),
    );
  }

  /** What is done at a till is done one after the other. */
  #at(till: ChainTill, work: () => Promise<void>): void {
    till.busy = till.busy.then(work).catch((thrown: unknown) => {
      const words = thrown instanceof Error ? thrown.stack : String(thrown);
      this.chain.problems.push(`${till.name}: ${words}`);
    });
  }

  #reach(till: ChainTill): void {
    const { time, record } = this.chain;
    const since = this.#reachedSince.get(till.index);
    const isReached = till.session !== null && till.cuts === 0 && this.#joined.has(till.index);
    if (isReached === (since !== undefined)) return;
    if (isReached) this.#reachedSince.set(till.index, time.now());
    else if (since !== undefined) {
      this.#reachedSince.delete(till.index);
      const spans = record.reached.get(till.index) ?? [];
      record.reached.set(till.index, [...spans, { fromMs: since, toMs: time.now() }]);
    }
  }

  async #join(till: ChainTill, day: number): Promise<void> {
    const { late } = this.plan;
    if (this.#joined.has(till.index) || (late?.till === till.index && day < late.day)) return;
    const looked = await ask(till, 'chain:find', {}, boss);
    // What lies there is no configuration just now, or cannot be reached: on another day.
    if (!looked.ok || looked.value.found === null) return count(this.chain, 'not joined yet');
    await must(till, 'chain:join', { id: looked.value.found.id }, boss);
    this.#joined.add(till.index);
  }

  async #open(till: ChainTill, day: number): Promise<void> {
    if (till.session !== null) return;
    await openTill(this.chain, till);
    await this.#join(till, day);
    this.#reach(till);
    const id = await ownIdOf(this.chain, till);
    if (id !== null && till.index < this.plan.size.shops * this.plan.size.tills) this.#ids.set(id, till);
    // What the folder has is taken before the first one comes.
    await this.chain.time.wait(MINUTE_MS);
    await lookIn(this.chain, till, false);
  }

  async #close(till: ChainTill): Promise<void> {
    await closeTill(till);
    this.#reach(till);
  }

  /** The owner looks at all tills; a copy has its original's place, and a wrong clock a time of its own. */
  async #lookFromAfar(owner: ChainTill): Promise<void> {
    const { clocks, copied } = this.plan;
    if (!this.#joined.has(owner.index)) return;
    const isLeftOut = (index: number) => index === copied?.till || clocks.some(({ till }) => till === index);
    const told = await samplesFromAfar(this.chain, owner, this.#ids);
    this.chain.record.samples.push(...told.filter(({ till }) => !isLeftOut(till)));
    count(this.chain, 'seen from afar', told.length);
  }

  async #evening(till: ChainTill, day: number, offCents: number): Promise<void> {
    const told = await sampleOf(this.chain, till);
    if (told === null) return;
    this.chain.record.samples.push(told);
    if (till.index === 0) await this.#lookFromAfar(till);
    await closeShift(this.chain, till, offCents);
    // The PC is not switched off at once.
    await this.chain.time.wait(2 * MINUTE_MS);
    if (this.plan.restored.some((one) => one.till === till.index && one.day === day + 1)) {
      const made = await this.chain.time.hold(async () => till.session?.safety.backups?.backupNow('asked'));
      if (made?.ok !== true) throw new Error('no backup');
      this.#backups.set(till.index, made.value);
    }
    await this.#close(till);
  }

  /** Its records are those of last night, on another PC. */
  async #restore(till: ChainTill): Promise<void> {
    const backup = this.#backups.get(till.index);
    if (backup === undefined || till.session !== null) return;
    const { time, prng } = this.chain;
    const done = await time.hold(() =>
      restoreBackup(
        {
          ...{ clock: { ...time, nowMs: time.trueUnixMs, monotonicMs: time.now, schedule: time.after } },
          ...{ random: randomOf(prng.fork('restore', till.index)), logger: silentLogger },
          ...{ integrity: checkHere, protocol: kybio, machine: null, vault: till.vault },
          ...{ liveFolder: liveFolder(till.folder), headCopyFolder: join(till.folder, 'copy') },
          backupFolder: backupFolder(till.folder),
        },
        { file: backup.file, madeAtMs: backup.atMs, otherMachine: false, secrets: null, open: [] },
      ),
    );
    if (!done.ok) throw new Error(done.error.code);
    till.board = `${till.board} anew`;
    this.chain.record.putBack.add(till.index);
    count(this.chain, 'restored');
  }

  /** While both are switched off, and nothing of it is open. */
  #copyNow(): void {
    const { copied, size } = this.plan;
    const original = copied === null ? undefined : this.tills[copied.till];
    if (original === undefined || original.session !== null || this.#copy !== null) return;
    const own = this.chain.record.entered.filter((one) => one.till === original.index);
    if (own.some(({ toldAs }) => toldAs === 'open' || toldAs === null)) return;
    const index = size.shops * size.tills;
    const copy = {
      ...newTill(this.chain, this.plan, original.index, original.network),
      ...{
        index,
        folder: join(this.chain.shared, '..', `till-${index}`),
        board: 'PC of a copy',
        cuts: original.cuts,
      },
      calls: { ...original.calls, made: 0, reached: 0, days: new Map(), before: original.calls.made },
      vault: vaultOf(original.key, this.chain.prng),
    };
    copyDisk(original, copy);
    this.#copy = copy;
    this.tills.push(copy);
    this.#joined.add(index);
    this.chain.record.copied = { till: index, of: original.index, atMs: this.chain.time.now() };
    count(this.chain, 'copied');
  }

  #day(till: ChainTill, day: number): void {
    const { time } = this.chain;
    const drawn = this.plan.days[till.index]?.[day];
    if (drawn === undefined || drawn === null) return;
    const from = time.now();
    const after = (atMs: number, work: () => Promise<void>) =>
      time.after(Math.max(0, atMs - from), () => this.#at(till, work));
    after(drawn.fromMs, async () => {
      if (this.plan.restored.some((one) => one.till === till.index && one.day === day))
        await this.#restore(till);
      await this.#open(till, day);
      await openShift(this.chain, till, drawn.floatCents);
    });
    for (const visit of drawn.visits) after(visit.atMs, () => serve(this.chain, till, visit));
    after(drawn.toMs, () => this.#evening(till, day, drawn.offCents));
    if (drawn.diesAtMs !== null)
      time.after(drawn.diesAtMs - from, () => {
        this.#die(till);
        time.after(4 * MINUTE_MS, () => this.#at(till, () => this.#open(till, day)));
      });
    this.#managers(till, { ...drawn, everyMs: MANAGER_EVERY_MS });
  }

  #managers(till: ChainTill, { fromMs, toMs, everyMs }: Span & { readonly everyMs: number }): void {
    const { size } = this.plan;
    const { time } = this.chain;
    // The manager of the last shop is away at the end.
    const isAway = till.shop === size.shops - 1 && fromMs > (size.days - 2) * DAY_MS;
    for (let atMs = fromMs + everyMs / 2; atMs < toMs - 5 * MINUTE_MS; atMs += everyMs)
      time.after(atMs - time.now(), () => this.#at(till, () => lookIn(this.chain, till, !isAway)));
  }

  /** The plug is pulled: what was under anybody's hands is never finished. */
  #die(till: ChainTill): void {
    const { session, clock } = till;
    if (session === null) return;
    till.session = null;
    till.clock = null;
    clock?.stop();
    till.network.senderDied();
    session.kernel.db.close();
    till.calls.cutOff += till.calls.underWay;
    till.calls.underWay = 0;
    till.busy = Promise.resolve();
    this.#reach(till);
    count(this.chain, 'plugs pulled');
  }

  #schedule(): void {
    const { plan, chain } = this;
    const { time, account } = chain;
    for (const one of plan.published) time.after(one.atMs, () => this.#folder.publish(one));
    for (const { kind, fromMs, toMs } of plan.spoils) {
      time.after(fromMs, () => this.#folder.spoil(kind));
      time.after(toMs, () => this.#folder.mend());
    }
    for (const { shop, kind, fromMs, toMs } of plan.outages) {
      const network = this.tills[shop * plan.size.tills]?.network;
      if (network === undefined) continue;
      time.after(fromMs, () => {
        network.outage = kind;
      });
      time.after(toMs, () => {
        network.outage = null;
        for (const { shop: of, session } of this.tills) if (of === shop) session?.networkBack();
      });
    }
    for (const { shop, fromMs, toMs } of plan.cuts)
      for (const [atMs, by] of [
        [fromMs, 1],
        [toMs, -1],
      ] as const)
        time.after(atMs, () => {
          for (const till of this.tills.filter((one) => one.shop === shop)) {
            till.cuts += by;
            this.#reach(till);
          }
        });
    for (const { till, atMs, offMs } of plan.clocks)
      time.after(atMs, () => {
        const of = this.tills[till];
        if (of !== undefined) of.offMs = offMs;
      });
    for (const atMs of plan.others) time.after(atMs, () => account.callByOther());
  }

  /** Somebody has seen that two tills have one number. */
  #renumber(day: number): void {
    const { twice } = this.plan;
    const till = twice === null ? undefined : this.tills[twice.till];
    if (twice === null || till === undefined || day !== twice.untilDay) return;
    this.chain.time.after(12 * HOUR_MS, () =>
      this.#at(till, async () => {
        const { session, count: tillCount } = till;
        if (session === null) return;
        till.number = till.index + 1;
        const done = session.setNumbering({ tillNumber: till.number, tillCount }, boss);
        if (!done.ok) throw new Error(done.error.code);
        count(this.chain, 'numbered anew');
      }),
    );
  }

  #copysDay(day: number): void {
    const { copied, days } = this.plan;
    if (copied === null) return;
    if (day >= copied.fromDay && this.#copy === null) this.#copyNow();
    const copy = this.#copy;
    if (copy === null) return;
    const own = this.chain.record.entered.filter((one) => one.till === copy.index);
    const isOpen = own.some(({ toldAs }) => toldAs === 'open' || toldAs === null);
    if (day > copied.toDay && !isOpen) return;
    const drawn = days[copied.till]?.[day];
    if (drawn === undefined || drawn === null) return;
    const visits = day > copied.toDay ? [] : drawn.visits.map(atTheCopy);
    const atWork = { ...drawn, visits };
    const from = this.chain.time.now();
    const after = (atMs: number, work: () => Promise<void>) =>
      this.chain.time.after(Math.max(0, atMs - from), () => this.#at(copy, work));
    after(atWork.fromMs, async () => {
      await this.#open(copy, day);
      await openShift(this.chain, copy, atWork.floatCents);
    });
    for (const visit of atWork.visits) after(visit.atMs, () => serve(this.chain, copy, visit));
    after(atWork.toMs, () => this.#evening(copy, day, 0));
    this.#managers(copy, { ...atWork, everyMs: MANAGER_EVERY_MS });
  }

  #cutAll(by: number, isSpared: (till: ChainTill) => boolean = () => false): void {
    for (const till of this.tills) {
      if (isSpared(till)) continue;
      till.cuts += by;
      this.#reach(till);
    }
  }

  /** Nobody buys; whatever is open is settled, as far as anybody is there to say how. */
  async #lastDay(): Promise<void> {
    const { time } = this.chain;
    const { days } = this.plan.size;
    const untilHour = (hour: number) => time.run(days * DAY_MS + hour * HOUR_MS);
    for (const till of this.tills) {
      till.network.faultsOff = true;
      till.offMs = 0;
      this.#at(till, async () => {
        await time.wait(10 * HOUR_MS + till.index * 1_000);
        await this.#open(till, days);
        await openShift(this.chain, till, 10_000);
      });
      this.#managers(till, {
        fromMs: days * DAY_MS + 10 * HOUR_MS,
        toMs: days * DAY_MS + 11.5 * HOUR_MS,
        everyMs: 15 * MINUTE_MS,
      });
    }
    await untilHour(10.2);
    this.#cutAll(1);
    await untilHour(11.4);
    this.#cutAll(-1);
    await untilHour(11.5);
    for (const till of this.tills) this.#at(till, () => closeShift(this.chain, till, 0));
    await untilHour(11.6);
    // The others have left what they had to tell; the owner takes it.
    this.#cutAll(1, ({ index }) => index === 0);
    await untilHour(13.6);
    const [owner] = this.tills;
    if (owner !== undefined) await time.during(() => this.#lookFromAfar(owner));
  }

  async play(tell: (day: number) => void): Promise<void> {
    const { time } = this.chain;
    for (const till of this.tills) setUp(till);
    this.#schedule();
    for (let day = 0; day < this.plan.size.days; day += 1) {
      for (const till of this.tills.slice(0, this.plan.size.shops * this.plan.size.tills))
        this.#day(till, day);
      this.#copysDay(day);
      this.#renumber(day);
      await time.run((day + 1) * DAY_MS);
      tell(day);
    }
    await this.#lastDay();
    for (const till of this.tills) {
      for (const one of this.chain.record.entered)
        if (one.till === till.index) one.endsAs = till.session?.ledger.outbox.byId(one.id)?.state ?? 'gone';
    }
  }

  async leave(): Promise<void> {
    const { time } = this.chain;
    for (const till of this.tills) if (till.session !== null) await time.during(() => this.#close(till));
    this.#folder.end();
  }
}

export async function playMonth(plan: Plan, tell: (day: number) => void = () => undefined): Promise<Month> {
  const played = new Played(plan);
  await played.play(tell);
  return {
    ...{ plan, chain: played.chain, tills: played.tills, quota: quotaOf(plan) },
    end: () => played.leave(),
    close: async () => {
      await played.leave();
      rmSync(join(played.chain.shared, '..'), { recursive: true, force: true });
    },
  };
}
