import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { type HostProfile, hostProfileSchema } from '../../main/hosts/host/host-profile.ts';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import type { HostProfile as StoreProfile } from '../../main/hosts/practice/types.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { openDatabase } from '../../main/kernel/database/open.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { type Driven, openDrivenTill } from './driven-till.ts';

function reading<T>(folder: string, read: (db: Parameters<typeof createSettings>[0]) => T): T {
  const opened = openDatabase(databaseFile(liveFolder(folder)));
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    return read(opened.value);
  } finally {
    opened.value.close();
  }
}

/** A setting as a second connection reads it. */
export const readSetting = (folder: string, key: string): string | null =>
  reading(folder, (db) => createSettings(db).get(key));

/** A setting as if an earlier run of the till had left it. */
export const writeSetting = (folder: string, key: string, value: string): void =>
  reading(folder, (db) => createSettings(db).set(key, value));

/** The same of one that somebody took out. */
export const removeSetting = (folder: string, key: string): void =>
  reading(folder, (db) => createSettings(db).remove(key));

export interface JournaledSend {
  readonly increment: string;
  readonly body: string;
}

/** What the journal tells of test increments that were about to be sent, oldest first. */
export const journaledSends = (folder: string): readonly JournaledSend[] =>
  reading(folder, (db) =>
    db
      .prepare("SELECT content FROM journal WHERE event = 'check-up' AND reason = 'sending' ORDER BY number")
      .all()
      .map((row) => JSON.parse((row as { content: string }).content) as JournaledSend)
      .map((send) => ({ ...send, body: Buffer.from(send.body, 'base64').toString('utf8') })),
  );

export const number = '8008019999';
export const uid = '231607639459999999';

/** A test member with nothing on it. */
const testMember = {
  ...(practiceMembers[0] as (typeof practiceMembers)[number]),
  ...{ customerUid: uid, number, name: 'Test Member', phone: '', balance: '0.00', point: '0' },
};
export const members = [...practiceMembers, testMember];

export const open = (profile: Partial<StoreProfile>) => openDrivenTill(profile, { members });

export const begin = async (driven: Driven) => {
  const begun = await driven.till.session.sending.checkUp.start(number, theManager);
  if (!begun.ok) throw new Error(begun.error.code);
};

export const started = async (profile: Partial<StoreProfile>): Promise<Driven> => {
  const driven = await open(profile);
  await begin(driven);
  return driven;
};

export const view = ({ till }: Driven) => till.session.sending.checkUp.shown();
export const isOver = (driven: Driven) => () => ['done', 'stopped', 'failed'].includes(view(driven).state);

export const sums = ({ store }: Driven) => {
  const { balance, point } = store.member(uid);
  return { balance: Number(balance), point: Number(point) };
};

export const found = ({ till }: Driven): HostProfile =>
  hostProfileSchema.parse(JSON.parse(readSetting(till.folder, HOST_PROFILE_KEY) ?? '{}'));

export const method = 'updateBalancePointByIncrement';
/** A host of which everything can be proven. */
export const all = { refusesDuplicates: true, keepsRechargeLog: true, logCarriesDataChangeTime: true };

export const answers = (driven: Driven) =>
  Object.fromEntries(view(driven).answers.map(({ question, answer }) => [question, answer]));
