import type { ReviewAnswerWord } from '../counter/review.ts';
import type { PersonRole } from '../kernel/guarded-acts.ts';
import type { ChannelName, ManagersChannel } from './channels.ts';

/** What takes a manager's PIN, though its channel is not only a manager's. */
type Beside = 'shifts:close' | 'setup:replaceKey' | 'restore:start' | 'restore:neverOpened';

/** A manager's act: its channel, and where one channel does several things, which. */
export type ManagersAct =
  | Exclude<ManagersChannel, 'review:answer' | 'people:change'>
  | `review:answer ${ReviewAnswerWord}`
  | `people:change ${PersonRole}`
  | 'shifts:move paid-out'
  | Beside;

/**
 * `money` goes to a member or comes back, `pin` says who may, `place` is where the till goes on, `key` opens the account, or
 * says whose configuration counts, `gone` does not come back.
 */
export type AskedAgain = 'money' | 'pin' | 'place' | 'key' | 'gone';

/** Why a manager whose time runs is asked for the PIN again; null: they are not (ADR 85). Main and page ask this table. */
export const askedAgain: Readonly<Record<ManagersAct, AskedAgain | null>> = {
  'entries:reverse': 'money',
  'review:answer send': 'money',
  'review:answer arrived': null,
  'review:answer drop': null,
  'shifts:move paid-out': 'money',
  'shifts:close': null,
  'shifts:wholeReport': null,
  // It tops a member up, and takes that back.
  'checkUp:start': 'money',
  'checkUp:stop': null,
  'slips:scan': null,
  'sync:resume': null,
  'policy:continueOffline': null,
  'people:add': 'pin',
  'people:givePin': 'pin',
  'people:change manager': 'pin',
  'people:change cashier': null,
  'people:remove': null,
  'people:setPermissions': null,
  'manager:unlock': null,
  'restore:start': 'place',
  'restore:neverOpened': 'place',
  'backups:move': 'place',
  'backups:standDown': 'place',
  'backups:now': null,
  'backups:choosePlace': null,
  'backups:forgetPlace': null,
  'backups:acknowledgeRestore': null,
  'setup:replaceKey': 'key',
  'chain:dropTill': null,
  'chain:find': null,
  'chain:join': 'key',
  'chain:leave': 'key',
  'chain:look': null,
  'chain:make': 'key',
  'chain:preview': null,
  'chain:sign': 'key',
  'chain:takeKey': 'key',
  'chain:tills': null,
  'setup:setPlace': null,
  'policy:save': null,
  'rules:save': null,
  'receipts:save': null,
  'receipts:chooseLogo': null,
  'receipts:removeLogo': null,
  'receipts:openDrawer': null,
  'find:unmask': null,
  'find:export': null,
  'matching:start': null,
  'matching:export': null,
  'memberData:save': null,
  'memberData:erase': 'gone',
  'reports:look': null,
  'reports:save': null,
  'reports:importFiles': null,
  'reports:pick': null,
  'reports:removeFile': null,
  'station:save': null,
  'station:leaveKiosk': null,
  'station:readPlace': null,
  'updates:download': null,
  'updates:installNow': null,
};

/** The part of a request that says which of a channel's acts it is. */
const parts: Partial<Record<ChannelName, string>> = {
  'review:answer': 'answer',
  'shifts:move': 'kind',
  'people:change': 'role',
};

const isAct = (act: string): act is ManagersAct => Object.hasOwn(askedAgain, act);

/** The manager's act that a request is; null where it is none. */
export function managersAct(channel: ChannelName, args: object): ManagersAct | null {
  const part = parts[channel];
  const act = part === undefined ? channel : `${channel} ${String(Reflect.get(args, part))}`;
  return isAct(act) ? act : null;
}

/** Whether a manager whose time runs is asked for the PIN again. */
export const isAskedAgain = (act: ManagersAct | null): boolean => act !== null && askedAgain[act] !== null;
